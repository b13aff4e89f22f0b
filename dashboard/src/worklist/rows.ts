import type { CriticalResult, MatchReview, NextStep, StalledOrder, Transaction } from '../api/answers.ts';
import { shortId } from '../components/identifier.tsx';
import { dueStatusOf, dueText } from '../redraw/due-status.ts';
import { awaitsDecision, hasOpenRedraw, initialOrderId, type WithDecision } from '../redraw/open-redraw.ts';
import { newestExpectedDate } from '../redraw/results-time.ts';
import { duration } from '../time/format.ts';
import { DECISIONS } from '../wording/decisions.ts';
import { contactText } from '../wording/handling.ts';
import { REACHES } from '../wording/messages.ts';
import { adviceFor } from '../wording/next-steps.ts';
import { failureText, labText, modalityText, type StatusText, stageText } from '../wording/status.ts';

/** What needs a person, the most urgent kind first. The mails to owners have the same order. */
export const KINDS = {
  critical: 'Critical result',
  redraw: 'Redraw',
  order: 'Stalled order',
  decision: 'Decision',
  review: 'Match review',
} as const;
export type Kind = keyof typeof KINDS;

/** A row of the worklist. Its texts are those that the filter finds, and as the columns show them. */
export interface WorkRow {
  readonly id: string;
  readonly kind: Kind;
  /** Null for a match review, which has no page. */
  readonly href: string | null;
  /** What to do, in short. */
  readonly what: string;
  /** Why it is on the list: "Overdue 5 days", "Due in 2 hours". */
  readonly why: StatusText;
  /** Sorts the kinds: 0 for a critical result, the highest for what is not due yet. */
  readonly rank: number;
  /** Sorts within a rank: since when it needs somebody, or when it will (ms). */
  readonly at: number;
  readonly nextStep: NextStep | null;
  /** Null for a match review, which belongs to no transaction. */
  readonly transactionId: string | null;
  readonly orderId: string | null;
  readonly userId: string | null;
  readonly clientUserId: string | null;
  /** Where the API has it; a critical result comes without its transaction. */
  readonly transaction: Transaction | null;
  readonly review: MatchReview | null;
  /** Undefined where it is not known. */
  readonly assignment: Transaction['assignment'] | undefined;
  readonly contact: Transaction['contact'];
  readonly missing: Transaction['missing_results'];

  readonly type: string;
  readonly due: string;
  readonly stage: string;
  readonly patient: string;
  readonly test: string;
  readonly lab: string;
  readonly modality: string;
  readonly markers: string;
  readonly owner: string;
  /** The name of the team, in a deployment of several; else empty. */
  readonly team: string;
  readonly reached: string;
  /** The day by which the lab expects the results, `2026-03-20`; empty without one. */
  readonly expected: string;
  /** Every ID, and what people wrote. */
  readonly ids: string;
}

/** What the API lists. */
export interface Lists {
  readonly redraws: readonly Transaction[];
  readonly decisions: readonly Transaction[];
  readonly orders: readonly StalledOrder[];
  readonly critical: readonly CriticalResult[];
  readonly reviews: readonly MatchReview[];
}

type Texts = Readonly<Record<string, string>>;

/**
 * One row for each thing that needs a person, or will, the most urgent first.
 *
 * @param now in ms since 1970
 * @param texts the deployment's own for what to do next
 * @param teams the names of the teams by id, if there are several
 */
export function workRows(
  lists: Lists,
  now: number,
  texts: Texts,
  teams: ReadonlyMap<string, string> = new Map(),
): readonly WorkRow[] {
  const named = ({ team_id }: { readonly team_id: string | null }) => ({
    team: teams.get(team_id ?? '') ?? '',
  });
  const decisions = lists.decisions.filter(awaitsDecision);
  const decided = new Set(decisions.map(({ id }) => id));
  const rows = [
    ...decisions.map((one) => ({ ...decisionRow(one, now, texts), ...named(one) })),
    // A redraw that may no longer be needed is in both lists.
    ...lists.redraws
      .filter((one) => !decided.has(one.id))
      .flatMap((one) => redrawRow(one, now, texts).map((row) => ({ ...row, ...named(one) }))),
    ...lists.orders.map((one) => ({ ...orderRow(one, now, texts), ...named(one) })),
    ...lists.reviews.map((one) => ({ ...reviewRow(one, now), ...named(one) })),
  ];
  const known = new Set(rows.flatMap(({ transactionId }) => transactionId ?? []));
  const others = lists.critical.filter(
    ({ order_transaction_id: id, order_id }) => !known.has(id ?? order_id),
  );
  return [...rows, ...others.map((one) => ({ ...criticalRow(one, now), ...named(one) }))].sort(
    (a, b) => a.rank - b.rank || a.at - b.at || (a.id < b.id ? -1 : 1),
  );
}

const RANKS = { critical: 0, overdue: 1, decision: 2, review: 3, later: 4 } as const;

/** The team is added to all rows alike. */
type Row = Omit<WorkRow, 'team'>;

function decisionRow(one: WithDecision, now: number, texts: Texts): Row {
  const since = timeOf(one.decision.since);
  return {
    ...transactionRow(one, texts),
    kind: 'decision',
    type: KINDS.decision,
    why: { text: `${DECISIONS[one.decision.cause]}, ${sinceText(since, now)}`, tone: 'warning' },
    due: 'Overdue',
    rank: RANKS.decision,
    at: since,
    // Without any results, all of its markers are missing.
    ...(one.decision.reason === 'order_failed' && { markers: 'All' }),
    ...criticalFirst(one),
  };
}

function redrawRow(one: Transaction, now: number, texts: Texts): Row[] {
  if (!hasOpenRedraw(one)) return [];
  const status = dueStatusOf(one, now);
  const { tone, text } = dueText(one, now);
  const stage = stageText(one.redraw.stage);
  return [
    {
      ...transactionRow(one, texts),
      kind: 'redraw',
      type: KINDS.redraw,
      why: { text: `${text} · ${stage}`, tone },
      due: DUE[status],
      stage,
      rank: status === 'overdue' ? RANKS.overdue : RANKS.later,
      at: timeOf(one.redraw.due_at),
      ...criticalFirst(one),
    },
  ];
}

const DUE = { overdue: 'Overdue', due_soon: 'Within a day', on_time: 'Later' } as const;

/** A critical result that nobody has acknowledged comes before everything else. */
function criticalFirst({ critical_result }: Transaction): Partial<Row> {
  return critical_result === 'open'
    ? { kind: 'critical', type: KINDS.critical, rank: RANKS.critical, due: 'Overdue' }
    : {};
}

function transactionRow(one: Transaction, texts: Texts) {
  const { id, orders, user_id, client_user_id, redraw, decision, missing_results: missing } = one;
  const tests = orders.flatMap(({ lab_test }) => lab_test?.name ?? []);
  const labs = orders.flatMap(({ lab_test }) => (lab_test?.lab ? labText(lab_test.lab) : []));
  const note = (decision ?? redraw)?.acknowledgement?.note;
  return {
    id,
    href: `/transactions/${id}`,
    what: one.next_step ? adviceFor(one.next_step, texts).short : 'Look at it',
    nextStep: one.next_step,
    transactionId: id,
    orderId: redraw?.order_id ?? initialOrderId(one),
    userId: user_id,
    clientUserId: client_user_id,
    transaction: one,
    review: null,
    assignment: one.assignment,
    contact: one.contact,
    missing,
    due: '',
    stage: stageText(redraw?.stage ?? null),
    patient: patientText(one),
    test: distinct(tests),
    lab: distinct(labs),
    modality: distinct(orders.map(({ modality }) => modalityText(modality))),
    markers: missing.map(({ name }) => name).join(', '),
    owner: one.assignment?.assignee ?? UNASSIGNED,
    reached: REACHES.find(({ id: reach }) => reach === one.reach)?.text ?? '',
    expected: newestExpectedDate(orders)?.slice(0, 10) ?? '',
    ids: [id, user_id, client_user_id, ...orders.map((order) => order.id), note].filter(Boolean).join(' '),
  };
}

function orderRow(one: StalledOrder, now: number, texts: Texts): Row {
  const { id, order_transaction_id, user_id, client_user_id, assignment, lab_test, stage, due_at } = one;
  const since = timeOf(due_at ?? one.stalled_since);
  return {
    id: order_transaction_id ?? id,
    kind: 'order',
    type: KINDS.order,
    href: `/transactions/${order_transaction_id ?? id}`,
    what: one.next_step ? adviceFor(one.next_step, texts).short : 'Look at it',
    why: { text: `Stalled ${duration(now - since)} · ${stageText(stage)}`, tone: 'error' },
    rank: RANKS.overdue,
    at: since,
    nextStep: one.next_step,
    // An order without a transaction has a provisional one under its own ID.
    transactionId: order_transaction_id ?? id,
    orderId: id,
    userId: user_id,
    clientUserId: client_user_id,
    transaction: null,
    review: null,
    assignment,
    contact: one.contact,
    missing: [],
    due: DUE.overdue,
    stage: stageText(stage),
    patient: patientText(one),
    test: lab_test?.name ?? '',
    lab: lab_test?.lab ? labText(lab_test.lab) : '',
    modality: modalityText(one.modality),
    markers: '',
    owner: assignment?.assignee ?? UNASSIGNED,
    reached: '',
    expected: one.expected_result_by_date?.slice(0, 10) ?? '',
    ids: [id, order_transaction_id, user_id, client_user_id].filter(Boolean).join(' '),
  };
}

function criticalRow(one: CriticalResult, now: number): Row {
  const { order_id, order_transaction_id, user_id, client_user_id } = one;
  const since = timeOf(one.opened_at);
  return {
    ...NOTHING_KNOWN,
    id: order_transaction_id ?? order_id,
    kind: 'critical',
    type: KINDS.critical,
    href: `/transactions/${order_transaction_id ?? order_id}`,
    what: 'Critical result: act now',
    why: { text: `Critical, open ${duration(now - since)}`, tone: 'error' },
    rank: RANKS.critical,
    at: since,
    transactionId: order_transaction_id ?? order_id,
    orderId: order_id,
    userId: user_id,
    clientUserId: client_user_id,
    review: null,
    missing: [],
    patient: patientText(one),
    ids: [order_id, order_transaction_id, user_id, client_user_id].filter(Boolean).join(' '),
  };
}

function reviewRow(one: MatchReview, now: number): Row {
  const since = timeOf(one.opened_at);
  return {
    ...NOTHING_KNOWN,
    id: `review ${one.id}`,
    kind: 'review',
    type: KINDS.review,
    href: null,
    what: 'Decide at Junction: whose result?',
    why: { text: `No matching order, ${sinceText(since, now)}`, tone: 'warning' },
    rank: RANKS.review,
    at: since,
    transactionId: null,
    orderId: null,
    userId: null,
    clientUserId: null,
    review: one,
    missing: [],
    patient: '',
    ids: one.id,
  };
}

const UNASSIGNED = 'Unassigned';

const NOTHING_KNOWN = {
  nextStep: null,
  transaction: null,
  assignment: undefined,
  contact: null,
  due: DUE.overdue,
  stage: '',
  test: '',
  lab: '',
  modality: '',
  markers: '',
  owner: '',
  reached: '',
  expected: '',
} as const;

/** What identifies the patient in a list: the ID of the team's own system, because people search there. */
function patientText({ user_id, client_user_id }: { user_id: string | null; client_user_id: string | null }) {
  return client_user_id ?? (user_id === null ? '' : shortId(user_id));
}

/** "Left a voicemail", "3 tries". */
export function triesText({
  kind,
  tries,
}: NonNullable<WorkRow['contact']>): readonly [string, string | null] {
  return [contactText(kind), tries > 1 ? `${tries} tries` : null];
}

/** The first missing marker with its reason, and how many more there are. */
export function missingText({ missing, markers }: Pick<WorkRow, 'missing' | 'markers'>): {
  readonly first: string;
  readonly reason: string;
  readonly more: number;
} {
  const [one] = missing;
  if (!one) return { first: markers || '–', reason: '', more: 0 };
  return { first: one.name, reason: failureText(one.failure_type), more: missing.length - 1 };
}

function distinct(texts: readonly string[]): string {
  return [...new Set(texts)].join(', ');
}

function sinceText(since: number, now: number): string {
  return Number.isFinite(since) ? duration(Math.max(0, now - since)) : 'since when is unknown';
}

/** What has no time comes last. */
function timeOf(at: string | null): number {
  const time = at === null ? Number.NaN : Date.parse(at);
  return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time;
}
