import type { Transaction } from '../../api/answers.ts';
import { isOwnedBy, isPostponed, isToFollowUpToday } from '../../handling/postponed.ts';
import { dueStatusOf } from '../../redraw/due-status.ts';
import {
  acknowledgementOf,
  hasDecision,
  type WithDecision,
  type WithRedraw,
} from '../../redraw/open-redraw.ts';
import { newestExpectedDate } from '../../redraw/results-time.ts';
import { isDay } from '../../time/day.ts';
import { labText, modalityText, STAGES } from '../../wording/status.ts';
import { AGE_GROUPS, isInAgeGroup } from '../overview/age-groups.ts';
import type { SortKey, WorklistView } from './view.ts';

/** The transactions that match a view, in its order. `now` in ms since 1970; `me` is the name of the reader. */
export function viewed(
  transactions: readonly WithRedraw[],
  view: WorklistView,
  now: number,
  me: string,
): readonly WithRedraw[] {
  return sorted(
    transactions.filter(
      (transaction) => letsThrough(view, transaction, now) && isHandledSo(view, transaction, now, me),
    ),
    view,
  );
}

/** What needs a decision and matches a view. It has no step and no due time to filter by. */
export function decisionsIn(
  transactions: readonly Transaction[],
  view: WorklistView,
  now: number,
  me: string,
): readonly WithDecision[] {
  return transactions
    .filter(hasDecision)
    .filter((one) => isSuch(view, one) && isHandledSo(view, one, now, me));
}

/**
 * Whether the view has a place for the transaction, as far as its follow-up goes. What is to be done today shows from the start
 * of the day, as in the mail to its owner.
 */
export function isShownNow(
  { followUp }: WorklistView,
  transaction: Pick<Transaction, 'assignment' | 'critical_result'>,
  now: number,
): boolean {
  if (followUp === 'today' && isToFollowUpToday(transaction, now)) return true;
  return (followUp === 'later') === isPostponed(transaction, now);
}

function letsThrough(view: WorklistView, transaction: WithRedraw, now: number): boolean {
  const { redraw } = transaction;
  const age = AGE_GROUPS.find(({ id }) => id === view.age);
  return (
    (view.due === null || dueStatusOf(transaction, now) === view.due) &&
    (view.stages.length === 0 || view.stages.some((stage) => stage === redraw.stage)) &&
    (view.acknowledged === null || (redraw.acknowledgement !== null) === view.acknowledged) &&
    (age === undefined || isInAgeGroup(transaction, age, now)) &&
    isSuch(view, transaction)
  );
}

/** Whether the patient, what the orders are for and the text are those of the view. */
function isSuch(view: WorklistView, transaction: Transaction): boolean {
  const { test, lab, modality, reach, text } = view;
  return (
    (test === null || transaction.orders.some(({ lab_test }) => lab_test?.name === test)) &&
    (lab === null || transaction.orders.some(({ lab_test }) => lab_test?.lab === lab)) &&
    (modality === null || transaction.orders.some((order) => order.modality === modality)) &&
    isExpectedBy(view.expectedBy, transaction) &&
    (reach === null || transaction.reach === reach) &&
    isFound(transaction, text)
  );
}

/** Whether the lab expects the results by a day. Text that is not a day filters nothing, and the control says so. */
function isExpectedBy(day: string | null, { orders }: Transaction): boolean {
  if (day === null || !isDay(day)) return true;
  const expected = newestExpectedDate(orders)?.slice(0, 10);
  return expected !== undefined && expected <= day;
}

/** Whether its owner and its follow-up are those of the view. By default, rows with a later follow-up are left out. */
function isHandledSo(
  view: WorklistView,
  transaction: Pick<Transaction, 'assignment' | 'critical_result'>,
  now: number,
  me: string,
): boolean {
  const { owner, followUp } = view;
  if (owner !== null && !hasOwner(owner, transaction, me)) return false;
  if (followUp === 'today' && !isToFollowUpToday(transaction, now)) return false;
  return isShownNow(view, transaction, now);
}

function hasOwner(owner: string, transaction: Pick<Transaction, 'assignment'>, me: string): boolean {
  if (owner === 'none') return transaction.assignment === null;
  return isOwnedBy(transaction, owner === 'me' ? me : owner);
}

/** Matches if the row has every word: IDs, test and lab, markers, the owner, who acknowledged it, its note. */
function isFound(transaction: Transaction, text: string): boolean {
  const { id, user_id, client_user_id, orders, missing_results, assignment } = transaction;
  const humanize = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (humanize.length === 0) return true;
  const acknowledgement = acknowledgementOf(transaction);
  const shown = [
    id,
    user_id,
    client_user_id,
    ...orders.flatMap(({ id: order, lab_test, modality }) => [
      order,
      lab_test?.name,
      lab_test?.lab && labText(lab_test.lab),
      modality && modalityText(modality),
    ]),
    ...missing_results.map(({ name }) => name),
    assignment?.assignee,
    acknowledgement?.by,
    acknowledgement?.caller.name,
    acknowledgement?.note,
  ]
    .filter(Boolean)
    .join('\n')
    .toLowerCase();
  return humanize.every((word) => shown.includes(word));
}

function sorted(transactions: readonly WithRedraw[], { sort, descending }: WorklistView) {
  const value = VALUES[sort];
  const rows = transactions.map((transaction) => ({ transaction, by: value(transaction) }));
  // Rows without a value are last in both directions; equal rows are by due time.
  rows.sort((a, b) => compare(a.by, b.by, descending) || dueOrder(a.transaction, b.transaction));
  return rows.map(({ transaction }) => transaction);
}

type Value = string | number | null;

/** Sort values. Ascending is the most overdue, the earliest step, the shortest time open. */
const VALUES: Readonly<Record<SortKey, (transaction: WithRedraw) => Value>> = {
  due: ({ redraw }) => timeOf(redraw.due_at),
  stage: ({ redraw }) => STAGES.findIndex(({ id }) => id === redraw.stage),
  open: ({ redraw }) => negated(timeOf(redraw.available_at)),
  markers: ({ redraw }) => redraw.missing_results.length,
  test: ({ orders }) => orders.find(({ lab_test }) => lab_test !== null)?.lab_test?.name ?? null,
  user: ({ client_user_id, user_id }) => client_user_id ?? user_id,
  told: ({ told }) => timeOf(told?.at ?? null),
  owner: ({ assignment }) => assignment?.assignee.toLowerCase() ?? null,
  acknowledged: ({ redraw }) => timeOf(redraw.acknowledgement?.at ?? null),
};

function timeOf(at: string | null): number | null {
  const time = at === null ? Number.NaN : Date.parse(at);
  return Number.isNaN(time) ? null : time;
}

function negated(time: number | null): number | null {
  return time === null ? null : -time;
}

function compare(a: Value, b: Value, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order =
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en');
  return descending ? -order : order;
}

function dueOrder(a: WithRedraw, b: WithRedraw): number {
  const latest = Number.POSITIVE_INFINITY;
  const [due, other] = [timeOf(a.redraw.due_at) ?? latest, timeOf(b.redraw.due_at) ?? latest];
  if (due !== other) return due - other;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
