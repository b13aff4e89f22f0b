import type { RedrawStage } from '../clocks/redraw-clocks.ts';
import { later } from '../instant.ts';
import { slotsOf } from '../members/slots.ts';
import type { Standing } from '../members/standing.ts';
import { isUnreported, type TransactionOrder } from '../members/transaction-orders.ts';
import { type Hours, hoursBetween, type OrderDurations } from '../order/order-durations.ts';
import type { MissingResult } from '../order/order-record.ts';
import type { FollowUpMarks } from '../transaction/acknowledgement.ts';
import { DECIDED_NAMES } from '../transaction/decision.ts';
import type { FollowUp } from '../transaction/follow-up.ts';
import type { Transaction } from '../transaction/transaction.ts';

/** The outcome of a transaction in the insights: how it closed, or that its redraw is open. */
export const INSIGHT_OUTCOMES = [
  'results_complete',
  'results_incomplete',
  'failed',
  'cancelled',
  'open',
] as const;
export type InsightOutcome = (typeof INSIGHT_OUTCOMES)[number];

/** The durations that the insights measure: each stage of an order or redraw, and the total until complete results. */
export const INSIGHT_SPANS = [
  'awaiting_order',
  'awaiting_requisition',
  'awaiting_appointment',
  'awaiting_draw',
  'awaiting_result',
  'until_results',
] as const satisfies (RedrawStage | 'until_results')[];
export type InsightSpan = (typeof INSIGHT_SPANS)[number];

/** What was decided: `other` is what only the note says. */
export const INSIGHT_DECISIONS = [...DECIDED_NAMES, 'other'] as const;
export type InsightDecision = (typeof INSIGHT_DECISIONS)[number];

/** The hours of each finished span whose start and end times are known. */
type SpanHours = Readonly<Partial<Record<InsightSpan, Hours>>>;

/** What the insights count of a redraw. */
interface RedrawInsight {
  readonly overdue: boolean;
  readonly hours: SpanHours;
  /** The markers that made it necessary, by name. */
  readonly markers: readonly string[];
  readonly failure_types: readonly string[];
}

/** What the insights count of a transaction. It follows from the stored transaction alone. */
export interface Insight {
  /** The month (UTC) in which it was created, `2026-11`. */
  readonly month: string;
  readonly team_id: string | null;
  readonly lab: string | null;
  readonly test: string | null;
  readonly outcome: InsightOutcome;
  /** Whether the sweep ever flagged it as overdue. */
  readonly overdue: boolean;
  /** Those of its initial order; `until_results` is of the whole transaction. */
  readonly hours: SpanHours;
  readonly redraw: RedrawInsight | null;
  /** What was decided; absent without a recorded decision. */
  readonly decided?: InsightDecision;
}

const UNKNOWN = 'unknown';
/** The most markers that one redraw is counted by. The others are counted together, so that its item stays small. */
const MAX_MARKERS = 20;
const OTHER_MARKERS = 'other markers';
const HOUR = 3_600_000;

/** A transaction as far as the insights count it. */
export interface InsightSource extends Transaction, Pick<Standing, 'contributions'> {
  readonly overdue?: readonly FollowUp['of'][] | undefined;
  readonly marks: Pick<FollowUpMarks, 'acknowledgement'>;
}

/**
 * What the insights count of a transaction; null for one that they do not count yet. They count a transaction when it closes
 * or when its redraw becomes available. An ordinary one is therefore counted once, when it is over.
 */
export function insightOf(stored: InsightSource): Insight | null {
  const { created_at, status, redraw, orders, contributions, team_id, overdue = [] } = stored;
  if (created_at === null || (status === 'active' && redraw === null) || orders.every(isUnreported))
    return null;
  const { initial, redraw: redrawOrder } = slotsOf(orders);
  const durations = (order: TransactionOrder | null) => (order && contributions[order.id]?.durations) ?? null;
  const { lab, name } = initial?.lab_test ?? redrawOrder?.lab_test ?? { lab: null, name: null };
  const outcome = status === 'active' ? 'open' : (stored.outcome as InsightOutcome);
  const results = outcome === 'results_complete' ? answerAt(redrawOrder ?? initial, durations) : null;
  return {
    month: created_at.slice(0, 7),
    team_id,
    lab,
    test: name,
    outcome,
    overdue: overdue.length > 0,
    hours: { ...spansOf(durations(initial)), ...known('until_results', hoursBetween(created_at, results)) },
    redraw: redraw && {
      overdue: overdue.includes('redraw'),
      hours: {
        ...known('awaiting_order', hoursBetween(redraw.available_at, redrawOrder?.created_at ?? null)),
        ...spansOf(durations(redrawOrder)),
        ...known('until_results', hoursBetween(redraw.available_at, results)),
      },
      ...causesOf(initial, redrawOrder, stored),
    },
    ...decidedIn(stored),
  };
}

function decidedIn({ decision, marks: { acknowledgement } }: InsightSource): Pick<Insight, 'decided'> {
  return decision && acknowledgement ? { decided: acknowledgement.decided ?? 'other' } : {};
}

/** When the lab answered an order, to the hour; null if it did not or if no time is known. */
function answerAt(
  order: TransactionOrder | null,
  durations: (order: TransactionOrder | null) => OrderDurations | null,
) {
  const { answer } = durations(order) ?? { answer: null };
  if (order === null || order.created_at === null || answer === null) {
    return order?.low_level_status_created_at ?? null;
  }
  return later(order.created_at, answer * HOUR);
}

function spansOf(durations: OrderDurations | null): SpanHours {
  if (durations === null) return {};
  const { requisition, appointment, draw, result } = durations;
  return {
    ...known('awaiting_requisition', requisition),
    ...known('awaiting_appointment', appointment),
    ...known('awaiting_draw', draw),
    ...known('awaiting_result', result),
  };
}

function known(span: InsightSpan, hours: Hours | null): SpanHours {
  return hours === null ? {} : { [span]: hours };
}

/** The markers that made a redraw necessary, and why they failed. Later reports list the markers that the redraw did not resolve. */
function causesOf(
  initial: TransactionOrder | null,
  redrawOrder: TransactionOrder | null,
  { contributions }: InsightSource,
): Pick<RedrawInsight, 'markers' | 'failure_types'> {
  const [own, ofRedraw] = [initial, redrawOrder].map((order) => order && contributions[order.id]);
  const reports = [own?.told_markers?.markers, own?.missing_results, ofRedraw?.missing_results];
  const causes: readonly MissingResult[] = reports.find((report) => report && report.length > 0) ?? [];
  const markers = distinct(causes.map(({ name }) => name));
  const types = distinct(causes.map(({ failure_type }) => failure_type ?? UNKNOWN));
  return {
    markers: markers.length > MAX_MARKERS ? [...markers.slice(0, MAX_MARKERS), OTHER_MARKERS] : markers,
    failure_types: types.length > 0 ? types : [UNKNOWN],
  };
}

const distinct = (names: readonly string[]) => [...new Set(names)].sort();
