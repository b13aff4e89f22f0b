import { dollars } from '../../operations/prices/prices.ts';
import { ASSUMPTIONS, GB, HOURS_PER_MONTH, MONTHS_PER_YEAR } from './assumptions.ts';

/** Firehose bills each record in steps of this many bytes. https://aws.amazon.com/firehose/pricing/ */
const BILLED_BYTES = 5_000;
/** Firehose writes a file each quarter of an hour, if there are rows. */
const FILES_PER_HOUR = 4;
const ALARMS = 2;
/** The queries of one person: thirty a month, each over all files. */
const QUERIES = 30;
/** The least that a query is billed for. https://aws.amazon.com/athena/pricing/ */
const MIN_QUERY_BYTES = 10_000_000;
const TB = 1_000 * GB;

interface ExportCost {
  readonly what: string;
  /** Dollars per month at this number of orders per year. A row per order is assumed, though redraws share a transaction. */
  usd(ordersPerYear: number): number;
}

/** What the export of the insights costs, beside the events that it reads. */
export function exportCosts(): readonly ExportCost[] {
  const rows = (orders: number) => orders / MONTHS_PER_YEAR;
  const stored = (orders: number) => rows(orders) * ASSUMPTIONS.export_row_bytes * ASSUMPTIONS.export_months;
  const lines: ExportCost[] = [
    {
      what: 'Firehose: rows in, converted to Parquet',
      usd: (orders) => {
        const gb = (rows(orders) * BILLED_BYTES) / GB;
        return dollars('firehoseGb', gb) + dollars('firehoseConversionGb', gb);
      },
    },
    {
      what: `S3: files, at most ${FILES_PER_HOUR} an hour, stored after ${ASSUMPTIONS.export_months} months`,
      usd: (orders) =>
        dollars('bucketList', Math.min(rows(orders), FILES_PER_HOUR * HOURS_PER_MONTH)) +
        dollars('bucketGb', stored(orders) / GB),
    },
    {
      what: `Athena: ${QUERIES} queries over all files`,
      usd: (orders) => dollars('athenaTb', (QUERIES * Math.max(MIN_QUERY_BYTES, stored(orders))) / TB),
    },
    { what: 'Alarms', usd: () => dollars('alarm', ALARMS) },
  ];
  const sum = (orders: number) => lines.reduce((all, { usd }) => all + usd(orders), 0);
  return [...lines, { what: '**total**', usd: sum }];
}
