import { DatabaseSync } from 'node:sqlite';
import type { DataDirectory } from '../files/data-directory.ts';
import type { Measured } from './embedded-metrics.ts';

export type MetricName = Pick<Measured, 'namespace' | 'name' | 'dimensions'>;

/** What is kept of all values of a period. */
export interface Statistics {
  /** Seconds since the epoch, where the period begins. */
  start: number;
  sum: number;
  count: number;
  least: number;
  most: number;
}

export interface MetricStore {
  record(measured: Measured): void;
  /**
   * The periods that hold a value, ascending. Times in seconds since the epoch; periods begin at multiples of their
   * length.
   */
  read(metric: MetricName, asked: { from: number; to: number; period: number }): Statistics[];
  close(): void;
}

const MINUTE_S = 60;
const DAY_S = 86_400;
/** As long as the history of the summary goes back, and a day to spare. */
const KEPT_S = 31 * DAY_S;
/** What was measured since is lost if the process is killed. */
const WRITE_EVERY_MS = 1000;

const LAYOUT = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS minutes (
    metric TEXT NOT NULL, start INTEGER NOT NULL,
    sum REAL NOT NULL, count INTEGER NOT NULL, least REAL NOT NULL, most REAL NOT NULL,
    PRIMARY KEY (metric, start)
  ) WITHOUT ROWID`;

const JOIN_MINUTE = `
  INSERT INTO minutes VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET sum = sum + excluded.sum, count = count + excluded.count,
    least = min(least, excluded.least), most = max(most, excluded.most)`;

const READ_PERIODS = `
  SELECT start - start % :period AS start, sum(sum) AS sum, sum(count) AS count, min(least) AS least, max(most) AS most
  FROM minutes WHERE metric = :metric AND start >= :from AND start < :to
  GROUP BY 1 ORDER BY 1`;

/** Metrics by the minute, in `metrics.sqlite` of the data directory; nowhere if that is in memory. */
export function openMetricStore(data: DataDirectory, now: () => number = Date.now): MetricStore {
  const database = new DatabaseSync(data.inMemory ? ':memory:' : data.file('metrics.sqlite'));
  database.exec(LAYOUT);
  const joinMinute = database.prepare(JOIN_MINUTE);
  const readPeriods = database.prepare(READ_PERIODS);
  const forget = database.prepare('DELETE FROM minutes WHERE start < ?');
  const unwritten = new Map<string, Statistics & { metric: string }>();
  let forgotten = Number.NEGATIVE_INFINITY;
  const timer = setInterval(write, WRITE_EVERY_MS);
  timer.unref();

  function write(): void {
    if (unwritten.size === 0) return;
    database.exec('BEGIN');
    for (const { metric, start, sum, count, least, most } of unwritten.values()) {
      joinMinute.run(metric, start, sum, count, least, most);
    }
    const seconds = now() / 1000;
    if (seconds - forgotten > DAY_S) {
      forget.run(Math.floor(seconds - KEPT_S));
      forgotten = seconds;
    }
    database.exec('COMMIT');
    unwritten.clear();
  }

  return {
    record(measured) {
      const metric = keyOf(measured);
      const start = Math.floor(measured.at / 1000 / MINUTE_S) * MINUTE_S;
      const place = `${start} ${metric}`;
      const minute = unwritten.get(place) ?? { metric, start, ...nothing() };
      for (const value of measured.values) join(minute, value);
      unwritten.set(place, minute);
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

function nothing(): Omit<Statistics, 'start'> {
  return { sum: 0, count: 0, least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
}

function join(statistics: Statistics, value: number): void {
  statistics.sum += value;
  statistics.count += 1;
  statistics.least = Math.min(statistics.least, value);
  statistics.most = Math.max(statistics.most, value);
}

/** A metric is its namespace, its name and its dimensions in any order. */
function keyOf({ namespace, name, dimensions }: MetricName): string {
  const sorted = Object.entries(dimensions).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}
