import { DatabaseSync } from 'node:sqlite';
import type { DataDirectory } from '../files/data-directory.ts';
import type { Measurement } from './embedded-metrics.ts';

export type MetricName = Pick<Measurement, 'namespace' | 'name' | 'dimensions'>;

/** The statistics of a period. */
export interface Statistics {
  /** Start of the period, seconds since the epoch. */
  start: number;
  sum: number;
  count: number;
  minimum: number;
  maximum: number;
}

export interface MetricStore {
  record(measurement: Measurement): void;
  /**
   * The periods with a value, oldest first. Times are in seconds since the epoch. Periods begin at multiples of their
   * length.
   */
  read(metric: MetricName, range: { from: number; to: number; period: number }): Statistics[];
  close(): void;
}

const MINUTE_S = 60;
const DAY_S = 86_400;
/** The history of the summary goes back 30 days. */
const KEPT_S = 31 * DAY_S;
/** A process that is killed loses the values since the last write. */
const WRITE_EVERY_MS = 1000;

const LAYOUT = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS minutes (
    metric TEXT NOT NULL, start INTEGER NOT NULL,
    sum REAL NOT NULL, count INTEGER NOT NULL, minimum REAL NOT NULL, maximum REAL NOT NULL,
    PRIMARY KEY (metric, start)
  ) WITHOUT ROWID`;

const MERGE_MINUTE = `
  INSERT INTO minutes VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET sum = sum + excluded.sum, count = count + excluded.count,
    minimum = min(minimum, excluded.minimum), maximum = max(maximum, excluded.maximum)`;

const READ_PERIODS = `
  SELECT start - start % :period AS start, sum(sum) AS sum, sum(count) AS count, min(minimum) AS minimum, max(maximum) AS maximum
  FROM minutes WHERE metric = :metric AND start >= :from AND start < :to
  GROUP BY 1 ORDER BY 1`;

/** Metrics by the minute, in `metrics.sqlite` of the data directory, or in memory with `:memory:`. */
export function openMetricStore(data: DataDirectory, now: () => number = Date.now): MetricStore {
  const database = new DatabaseSync(data.inMemory ? ':memory:' : data.file('metrics.sqlite'));
  database.exec(LAYOUT);
  const mergeMinute = database.prepare(MERGE_MINUTE);
  const readPeriods = database.prepare(READ_PERIODS);
  const removeOld = database.prepare('DELETE FROM minutes WHERE start < ?');
  const unwritten = new Map<string, Statistics & { metric: string }>();
  let removedAt = Number.NEGATIVE_INFINITY;
  const timer = setInterval(write, WRITE_EVERY_MS);
  timer.unref();

  function write(): void {
    if (unwritten.size === 0) return;
    database.exec('BEGIN');
    for (const { metric, start, sum, count, minimum, maximum } of unwritten.values()) {
      mergeMinute.run(metric, start, sum, count, minimum, maximum);
    }
    const seconds = now() / 1000;
    if (seconds - removedAt > DAY_S) {
      removeOld.run(Math.floor(seconds - KEPT_S));
      removedAt = seconds;
    }
    database.exec('COMMIT');
    unwritten.clear();
  }

  return {
    record(measurement) {
      const metric = keyOf(measurement);
      const start = Math.floor(measurement.at / 1000 / MINUTE_S) * MINUTE_S;
      const key = `${start} ${metric}`;
      const minute = unwritten.get(key) ?? { metric, start, ...empty() };
      for (const value of measurement.values) add(minute, value);
      unwritten.set(key, minute);
    },
    read(metric, { from, to, period }) {
      write();
      return readPeriods.all({ metric: keyOf(metric), from, to, period }) as unknown as Statistics[];
    },
    close() {
      clearInterval(timer);
      write();
      database.close();
    },
  };
}

function empty(): Omit<Statistics, 'start'> {
  return { sum: 0, count: 0, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY };
}

function add(statistics: Statistics, value: number): void {
  statistics.sum += value;
  statistics.count += 1;
  statistics.minimum = Math.min(statistics.minimum, value);
  statistics.maximum = Math.max(statistics.maximum, value);
}

/** A namespace, a name and dimensions in any order identify a metric. */
function keyOf({ namespace, name, dimensions }: MetricName): string {
  const sorted = Object.entries(dimensions).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}
