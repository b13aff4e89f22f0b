import type { CriticalResult, Transaction } from '../api/answers.ts';
import { shortId } from '../components/identifier.tsx';
import { distinctLabTests } from '../redraw/distinct-lab-tests.ts';
import { hasResults, newestResultsAt } from '../redraw/results-time.ts';
import { interpretationIn } from '../results/markers.ts';
import { type ResultSource, resultSourcesOf, sourceOfCritical } from '../results/result-source.ts';
import type { StatusText } from '../wording/status.ts';

/** What results are, the most urgent first. */
export const GROUPS = [
  { id: 'critical', text: 'Critical' },
  { id: 'abnormal', text: 'Abnormal' },
  { id: 'incomplete', text: 'Incomplete' },
  { id: 'uninterpreted', text: 'Not interpreted' },
  { id: 'normal', text: 'Normal' },
] as const;
export type Group = (typeof GROUPS)[number]['id'];

/** The results of a transaction. Its texts are those that the filter finds. */
export interface InboxRow {
  /** Of the transaction. */
  readonly id: string;
  readonly group: Group;
  readonly rank: number;
  readonly result: StatusText;
  /** Since when its critical result is open; null without one. */
  readonly openedAt: string | null;
  readonly reportedAt: string | null;
  readonly sources: readonly ResultSource[];
  readonly user_id: string | null;
  readonly client_user_id: string | null;
  readonly orderId: string | null;
  readonly team_id: string | null;
  readonly missing: Transaction['missing_results'];
  readonly review: Transaction['review'];

  readonly patient: string;
  readonly test: string;
  /** Modality and lab. */
  readonly details: string;
  readonly markers: string;
  readonly ids: string;
  /** The name of the team, in a deployment of several; else empty. */
  readonly team: string;
}

/**
 * One row for each transaction with results: the critical ones first, longest open first, then by group, the newest report first.
 *
 * @param teams the names of the teams by id, if there are several
 * @param critical the open critical results, longest open first. Some have no results in `transactions` yet
 */
export function inboxRows(
  transactions: readonly Transaction[],
  critical: readonly CriticalResult[],
  teams: ReadonlyMap<string, string> = new Map(),
): readonly InboxRow[] {
  const opened = Map.groupBy(critical, homeOf);
  const rows = transactions.map((one) => transactionRow(one, opened.get(one.id) ?? []));
  const known = new Set(rows.map(({ id }) => id));
  const others = critical.filter((one) => !known.has(homeOf(one))).map(criticalRow);
  const named = [...rows, ...others].map((row) => ({ ...row, team: teams.get(row.team_id ?? '') ?? '' }));
  return named.sort(
    (a, b) => a.rank - b.rank || compare(a.openedAt, b.openedAt) || compare(b.reportedAt, a.reportedAt),
  );
}

const homeOf = ({ order_transaction_id, order_id }: CriticalResult) => order_transaction_id ?? order_id;
const compare = (a: string | null, b: string | null) => ((a ?? '') < (b ?? '') ? -1 : a === b ? 0 : 1);
const rankOf = (group: Group) => GROUPS.findIndex(({ id }) => id === group);
const CRITICAL: StatusText = { text: 'Critical', tone: 'error' };

/** The team is added to all rows alike. */
type Row = Omit<InboxRow, 'team'>;

function transactionRow(one: Transaction, open: readonly CriticalResult[]): Row {
  const { id, orders, missing_results: missing } = one;
  const group = groupOf(one, open.length > 0);
  const tests = distinctLabTests(orders);
  return {
    ...patientOf(one),
    id,
    group,
    rank: rankOf(group),
    result: resultOf(one, group),
    openedAt: open[0]?.opened_at ?? null,
    reportedAt: newestResultsAt(one),
    sources: sourcesOf(one, open),
    orderId: orders.at(-1)?.id ?? null,
    missing,
    review: one.review,
    test: tests.flatMap(({ name }) => name ?? []).join(', '),
    details: tests.map(({ details }) => details).join(', '),
    markers: missing.map(({ name }) => name).join(', '),
    ids: [id, one.user_id, one.client_user_id, ...orders.map((order) => order.id)].filter(Boolean).join(' '),
  };
}

/** The results to open. A transaction follows its orders, so it can lack a critical result that is open. */
function sourcesOf(one: Transaction, open: readonly CriticalResult[]): readonly ResultSource[] {
  const sources = resultSourcesOf(one).map((source) => {
    const here = open.filter(({ order_id }) => source.orders.some(({ id }) => id === order_id));
    const critical = new Set([...source.critical, ...here.map(({ order_id }) => order_id)]);
    return { ...source, critical: [...critical] };
  });
  const others = open.filter(({ order_id: id }) => !sources.some(({ critical }) => critical.includes(id)));
  return [...others.map(sourceOfCritical), ...sources];
}

/** A critical result whose transaction is not in the list: the webhook about it can come before the results. */
function criticalRow(one: CriticalResult): Row {
  const { order_id: orderId, opened_at, latest_at } = one;
  const id = homeOf(one);
  return {
    ...patientOf(one),
    id,
    group: 'critical',
    rank: rankOf('critical'),
    result: CRITICAL,
    openedAt: opened_at,
    reportedAt: latest_at,
    sources: [sourceOfCritical(one)],
    orderId,
    missing: [],
    review: null,
    test: '',
    details: '',
    markers: '',
    ids: [id, orderId, one.user_id, one.client_user_id].filter(Boolean).join(' '),
  };
}

function patientOf({
  user_id,
  client_user_id,
  team_id,
}: Pick<Row, 'user_id' | 'client_user_id' | 'team_id'>) {
  return {
    team_id,
    user_id,
    client_user_id,
    patient: client_user_id ?? (user_id === null ? '' : shortId(user_id)),
  };
}

/** One bad result of any order is enough, and only what is complete is good news. */
function groupOf({ orders, critical_result, outcome }: Transaction, isOpen: boolean): Group {
  if (isOpen || critical_result === 'open') return 'critical';
  const read = orders.filter(hasResults).flatMap(({ interpretation }) => interpretation ?? []);
  if (critical_result !== null || read.some((one) => one === 'abnormal' || one === 'critical'))
    return 'abnormal';
  if (outcome !== 'results_complete') return 'incomplete';
  return read.includes('normal') ? 'normal' : 'uninterpreted';
}

function resultOf(one: Transaction, group: Group): StatusText {
  if (group === 'critical') return CRITICAL;
  const worst = ['critical', 'abnormal', 'normal'].find((word) =>
    one.orders.some(({ interpretation }) => interpretation === word),
  );
  const known = worst === undefined ? null : interpretationIn(one, worst);
  if (known) return known;
  if (group === 'abnormal') return { text: 'Critical, acknowledged', tone: 'warning' };
  if (group === 'uninterpreted') return { text: 'Complete', tone: 'pending' };
  const { length } = one.missing_results;
  return { text: length > 0 ? `Incomplete · ${length} missing` : 'Incomplete', tone: 'pending' };
}
