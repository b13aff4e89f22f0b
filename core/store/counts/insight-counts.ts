import type { InsightMeasure } from '../../domain/insights/figures.ts';
import { bucketOfHours } from '../../domain/insights/hour-buckets.ts';
import {
  INSIGHT_DECISIONS,
  INSIGHT_OUTCOMES,
  INSIGHT_SPANS,
  type Insight,
  type InsightOutcome,
  type InsightSpan,
} from '../../domain/insights/insight.ts';

/** What a transaction is counted as in the insights. */
export interface CountedInsight {
  readonly group: InsightGroup;
  readonly counts: readonly string[];
  /** Marker names are among them. They have an item of their own: ordinary transactions do not pay for its size. Null without a redraw. */
  readonly redrawCounts: readonly string[] | null;
}

/** The transactions with one test of a lab that were created in one month. */
export interface InsightGroup extends Pick<Insight, 'month' | 'lab' | 'test'> {}

/** Counts are named by a letter, because every change of an item costs its size. */
const OUTCOME_LETTERS: Readonly<Record<InsightOutcome, string>> = {
  results_complete: 'c',
  results_incomplete: 'i',
  failed: 'f',
  cancelled: 'x',
  open: 'o',
};
const SPAN_LETTERS: Readonly<Record<InsightSpan, string>> = {
  awaiting_order: 'w',
  awaiting_requisition: 'q',
  awaiting_appointment: 'a',
  awaiting_draw: 'd',
  awaiting_result: 'l',
  until_results: 't',
};
const OVERDUE = 'v';
const MARKER = 'm:';
const FAILURE_TYPE = 'e:';
const DECIDED = 's:';

/** The largest sizes of names in bytes of their JSON text. A sort key has at most 1,024 bytes, an item 400 KB. */
const MAX_LAB = 100;
const MAX_TEST = 200;
const MAX_MARKER = 100;

/** What is counted of a transaction. Long names are shortened. */
export function countedAs({
  month,
  lab,
  test,
  outcome,
  overdue,
  hours,
  redraw,
  decided,
}: Insight): CountedInsight {
  return {
    group: { month, lab: bounded(lab, MAX_LAB), test: bounded(test, MAX_TEST) },
    counts: [...countsOf(outcome, overdue, hours), ...(decided ? [`${DECIDED}${decided}`] : [])],
    redrawCounts: redraw && [
      ...countsOf(outcome, redraw.overdue, redraw.hours),
      ...named(MARKER, redraw.markers),
      ...named(FAILURE_TYPE, redraw.failure_types),
    ],
  };
}

/** What a count counts; null for one that this version does not know. */
export function insightMeasure(name: string): InsightMeasure | null {
  if (name === OVERDUE) return { kind: 'overdue' };
  if (name.startsWith(MARKER)) return { kind: 'marker', name: name.slice(MARKER.length) };
  if (name.startsWith(FAILURE_TYPE)) return { kind: 'failure_type', name: name.slice(FAILURE_TYPE.length) };
  const decision = INSIGHT_DECISIONS.find((one) => name === `${DECIDED}${one}`);
  if (decision) return { kind: 'decided', decision };
  const outcome = INSIGHT_OUTCOMES.find((one) => OUTCOME_LETTERS[one] === name);
  if (outcome) return { kind: 'outcome', outcome };
  const span = INSIGHT_SPANS.find((one) => name.startsWith(SPAN_LETTERS[one]));
  return span ? { kind: 'hours', span, bucket: Number(name.slice(1)) } : null;
}

function countsOf(outcome: InsightOutcome, overdue: boolean, hours: Insight['hours']): string[] {
  // Durations are counted once, at the end: each stage of an open redraw would cost two writes.
  const spans = INSIGHT_SPANS.flatMap((span) => {
    const took = outcome === 'open' ? undefined : hours[span];
    return took === undefined ? [] : [`${SPAN_LETTERS[span]}${bucketOfHours(took)}`];
  });
  return [OUTCOME_LETTERS[outcome], ...(overdue ? [OVERDUE] : []), ...spans];
}

/** Names that become equal when they are shortened count once. */
function named(prefix: string, names: readonly string[]): string[] {
  return [...new Set(names.map((name) => `${prefix}${bounded(name, MAX_MARKER)}`))];
}

function bounded<Name extends string | null>(name: Name, bytes: number): Name | string {
  if (name === null) return name;
  let short: string = name;
  while (Buffer.byteLength(JSON.stringify(short)) > bytes) {
    short = [...short].slice(0, -Math.ceil(short.length / 10)).join('');
  }
  return short;
}
