import type { CauseKind } from './groupings.ts';
import { type Histogram, quantileDays, totalOf } from './hour-buckets.ts';
import {
  INSIGHT_DECISIONS,
  INSIGHT_OUTCOMES,
  INSIGHT_SPANS,
  type InsightDecision,
  type InsightOutcome,
  type InsightSpan,
} from './insight.ts';

/** What an insight count measures. */
export type InsightMeasure =
  | { readonly kind: 'outcome'; readonly outcome: InsightOutcome }
  | { readonly kind: 'overdue' }
  | { readonly kind: 'decided'; readonly decision: InsightDecision }
  | { readonly kind: 'hours'; readonly span: InsightSpan; readonly bucket: number }
  | { readonly kind: CauseKind; readonly name: string };

/** A count, of all transactions or of those with a redraw. */
export interface InsightCount {
  readonly part: 'all' | 'redraws';
  readonly thing: InsightMeasure;
  readonly count: number;
}

/** A share with the numbers that it comes from; without them, a share of three transactions looks like one of three hundred. */
export interface Share {
  readonly count: number;
  readonly of: number;
  /** `count` divided by `of`; null if `of` is 0. */
  readonly rate: number | null;
}

/** How long something took, in days; null if it never happened. */
export interface DaysTaken {
  readonly count: number;
  readonly median: number | null;
  readonly p90: number | null;
}

export interface Figures {
  readonly transactions: number;
  readonly outcomes: Readonly<Record<InsightOutcome, number>>;
  /** What people decided about them. */
  readonly decisions: Readonly<Record<InsightDecision, number>>;
  /** Of the transactions that were not cancelled before a redraw. */
  readonly redraws: Share;
  readonly overdue: Share;
  readonly overdue_redraws: Share;
  readonly days: Readonly<Record<InsightSpan, DaysTaken>>;
  readonly redraw_days: Readonly<Record<InsightSpan, DaysTaken>>;
}

/** How many redraws one marker or one failure type made necessary. */
export interface CauseFigures {
  readonly name: string;
  /** Of the transactions that were not cancelled before a redraw. */
  readonly redraws: Share;
  /** Of all redraws. */
  readonly share: Share;
}

class Part {
  readonly outcomes = new Map<InsightOutcome, number>();
  readonly decisions = new Map<InsightDecision, number>();
  readonly hours = new Map<InsightSpan, Map<number, number>>();
  readonly markers = new Map<string, number>();
  readonly failureTypes = new Map<string, number>();
  overdue = 0;

  add(thing: InsightMeasure, count: number): void {
    switch (thing.kind) {
      case 'outcome':
        increase(this.outcomes, thing.outcome, count);
        break;
      case 'overdue':
        this.overdue += count;
        break;
      case 'decided':
        increase(this.decisions, thing.decision, count);
        break;
      case 'hours': {
        const histogram = this.hours.get(thing.span) ?? new Map<number, number>();
        increase(histogram, thing.bucket, count);
        this.hours.set(thing.span, histogram);
        break;
      }
      case 'marker':
        increase(this.markers, thing.name, count);
        break;
      case 'failure_type':
        increase(this.failureTypes, thing.name, count);
    }
  }

  get total(): number {
    return [...this.outcomes.values()].reduce((sum, count) => sum + count, 0);
  }

  days(): Record<InsightSpan, DaysTaken> {
    const entries = INSIGHT_SPANS.map((span) => [span, daysTaken(this.hours.get(span) ?? new Map())]);
    return Object.fromEntries(entries);
  }
}

/** Adds up counts of the insights. */
export class InsightTally {
  readonly #all = new Part();
  readonly #redraws = new Part();

  add({ part, thing, count }: InsightCount): void {
    (part === 'all' ? this.#all : this.#redraws).add(thing, count);
  }

  get transactions(): number {
    return this.#all.total;
  }

  figures(): Figures {
    const { transactions } = this;
    const redraws = this.#redraws.total;
    return {
      transactions,
      outcomes: countOf(INSIGHT_OUTCOMES, this.#all.outcomes),
      decisions: countOf(INSIGHT_DECISIONS, this.#all.decisions),
      redraws: share(redraws, this.#notCancelled),
      overdue: share(this.#all.overdue, transactions),
      overdue_redraws: share(this.#redraws.overdue, redraws),
      days: this.#all.days(),
      redraw_days: this.#redraws.days(),
    };
  }

  /** The markers or failure types of its redraws, most frequent first. */
  causes(kind: CauseKind): CauseFigures[] {
    const counts = kind === 'marker' ? this.#redraws.markers : this.#redraws.failureTypes;
    return [...counts]
      .filter(([, count]) => count > 0)
      .sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1))
      .map(([name]) => this.cause(kind, name));
  }

  cause(kind: CauseKind, name: string): CauseFigures {
    const counts = kind === 'marker' ? this.#redraws.markers : this.#redraws.failureTypes;
    const count = counts.get(name) ?? 0;
    return { name, redraws: share(count, this.#notCancelled), share: share(count, this.#redraws.total) };
  }

  /** All transactions except those cancelled before a redraw. */
  get #notCancelled(): number {
    const cancelled = (part: Part) => part.outcomes.get('cancelled') ?? 0;
    return this.#all.total - cancelled(this.#all) + cancelled(this.#redraws);
  }
}

function share(count: number, of: number): Share {
  return { count, of, rate: of === 0 ? null : Math.round((count / of) * 10_000) / 10_000 };
}

function daysTaken(histogram: Histogram): DaysTaken {
  return {
    count: totalOf(histogram),
    median: quantileDays(histogram, 0.5),
    p90: quantileDays(histogram, 0.9),
  };
}

function increase<Name>(counts: Map<Name, number>, name: Name, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

function countOf<Name extends string>(names: readonly Name[], counts: ReadonlyMap<Name, number>) {
  return Object.fromEntries(names.map((name) => [name, counts.get(name) ?? 0])) as Record<Name, number>;
}
