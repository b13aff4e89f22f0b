/** Junction's lifecycle: the parts of a status, its stage and its class. What is listed per status is read from the page. */
import { readFileSync } from 'node:fs';

export type OrderClass = 'P' | 'C' | 'R' | 'X' | 'F';

export interface Status {
  high: string | null;
  low: string | null;
  at: string | null;
}

/** A row of the table in state-model.md, "Statuses". */
interface Row {
  stage: number;
  class: string;
  shows: string;
}

const page = readFileSync(new URL('../../../../docs/state-model.md', import.meta.url), 'utf8');
const ROW = /^\| (\d+) \| `(\w+)` \| `\w+` \| ([PCRXF]) \| (.*?) *\|.*\|$/gm;
const ROWS = new Map<string | null, Row>(
  [...page.matchAll(ROW)].map(([, stage = '', low = '', of = '', shows = '']) => [
    low,
    { stage: Number(stage), class: of, shows },
  ]),
);

/** The stage in the lifecycle; -1 for a missing or unknown status. */
export function stage(low: string | null): number {
  return ROWS.get(low)?.stage ?? -1;
}

/** Whether a status shows one of these things, in the words of the page. */
export function showsAny(low: string, ...things: string[]): boolean {
  return things.includes(ROWS.get(low)?.shows ?? '-');
}

/** Splits `<high>.<modality>.<low>`. A single part is high and low at once. */
export function splitStatus(text: string): { high: string; modality: string | null; low: string } {
  const parts = text.split('.');
  const high = parts.at(0) ?? text;
  const last = parts.at(-1) ?? text;
  return {
    high,
    modality: parts.length === 3 ? (parts[1] ?? null) : null,
    low: last === 'testkit_registered' ? 'registered' : last,
  };
}

export function classOf(status: { high: string | null; low: string | null }): OrderClass {
  const { high, low } = status;
  const row = ROWS.get(low);
  if (row) return row.class as OrderClass;
  if (low?.startsWith('failure_to_deliver_')) return 'F';
  if (high === 'completed') return 'C';
  if (high === 'cancelled') return 'X';
  return high === 'failed' ? 'F' : 'P';
}
