import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../../domain/instant.ts';
import type { Contribution } from '../../domain/members/contribution.ts';
import { isInQuestion } from '../../domain/members/correction-checks.ts';
import type { TransactionOrder } from '../../domain/members/transaction-orders.ts';
import { appointmentKindOf, isBooked } from '../../domain/order/appointment-kind.ts';
import { hasNews } from '../../domain/order/news.ts';
import type { OrderEvent } from '../../domain/order/order-event.ts';
import type { OrderFacts, OrderRecord } from '../../domain/order/order-record.ts';
import { lifecycleStage, statusParts } from '../../domain/order/status.ts';
import type { CheckedChange } from '../../domain/stored/junction-check.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import type { JunctionClient, ListedOrder } from '../../junction/client.ts';
import { JunctionUnavailable } from '../../junction/unavailable.ts';
import { readOrder } from '../../store/orders/read-order.ts';
import { writeAnswer } from '../../store/orders/write-answer.ts';
import { writeAppointmentAnswer } from '../../store/orders/write-appointment.ts';
import { writeReportedMarkers } from '../../store/orders/write-reported-markers.ts';
import type { Table } from '../../store/table.ts';
import { readTransaction } from '../../store/transactions/transactions.ts';
import { type Projection, recompute } from '../recompute.ts';
import { changesFound } from './changes-found.ts';
import { OptionalRoutes } from './optional-routes.ts';

/** Which orders to ask about: those that must be missing a webhook, or every order. */
export type ReconcileScope = 'what_differs' | 'every_order';

/**
 * Asks Junction about a transaction and joins its answers, as its webhooks would have. The stored transaction is current
 * when this returns. It is answered when Junction has answered about the transaction and its orders, whatever the optional routes do.
 *
 * @returns what the answers brought that was not known
 * @throws JunctionUnavailable, also if Junction does not know a transaction that it reported before
 */
export async function reconcileTransaction(
  projection: Projection,
  api: JunctionClient,
  stored: StoredTransaction,
  now: Instant,
  thoroughness: ReconcileScope = 'what_differs',
  optional: OptionalRoutes = new OptionalRoutes(now),
): Promise<CheckedChange[]> {
  const { table } = projection;
  const answer = stored.provisional ? null : await api.transactionOrders(stored.id);
  const listed = answer ?? [];
  const ids = new Set([...stored.orders, ...listed].map(({ id }) => id));
  let known = answer !== null;
  const changes: CheckedChange[] = [];
  for (const id of ids) {
    if (thoroughness === 'what_differs' && !isWorthAsking(id, stored, listed, now)) continue;
    const isListed = listed.some((order) => order.id === id);
    const outcome = await reconcileOrder(table, api, id, { stored, isListed });
    if (outcome === 'not_known') continue;
    known = true;
    changes.push(...outcome);
  }
  if (!known && isReported(stored)) {
    throw new JunctionUnavailable("Junction's API knows nothing of it", 'not_known');
  }
  changes.push(...(await reconcileAppointments(table, { api, optional }, stored, now)));
  const listedIds = listed.map(({ id }) => id);
  await recomputeChangedOrders(projection, stored, listedIds);
  // The answers may have shown that markers are missing.
  const current = await readTransaction(table, stored.id);
  if (current && (await askForMarkers(table, { api, optional }, current))) {
    await recomputeChangedOrders(projection, current, listedIds);
    changes.push({ order_id: current.markers_wanted_of ?? '', change: 'missing_markers', status: null });
  }
  return changes;
}

/**
 * Recomputes the orders whose items have changed since the transaction was written. The stream does this too, but can
 * lag behind, and a decision must not miss what was received before it.
 *
 * @returns whether the transaction was outdated
 */
export async function recomputeChangedOrders(
  projection: Projection,
  stored: StoredTransaction,
  otherIds: readonly string[] = [],
): Promise<boolean> {
  let outdated = false;
  const held = stored.orders.map(({ id }) => id);
  for (const id of new Set([...held, ...otherIds])) {
    const record = await readOrder(projection.table, id);
    const contribution = stored.contributions[id];
    if (!record || record.version === contribution?.version) continue;
    outdated = true;
    await recompute(projection, record);
  }
  return outdated;
}

/** Whether Junction has reported any of its orders. Otherwise they are only registered. */
function isReported({ contributions }: StoredTransaction): boolean {
  return Object.values(contributions).some((contribution) => contribution.low_level_status !== null);
}

/** Whether a webhook of the order must be missing, or its state can change without a webhook. */
function isWorthAsking(
  id: string,
  stored: StoredTransaction,
  listed: readonly ListedOrder[],
  now: Instant,
): boolean {
  const reported = listed.find((order) => order.id === id);
  const recorded = stored.contributions[id];
  if (!reported || !recorded || recorded.low_level_status === null) return true;
  if (isInQuestion(recorded, now)) return true;
  // The dates of a result change without an event, and every order carries Junction's status of the transaction.
  return id === followedOrder(stored, now) || stored.diverges || isNewer(reported, recorded);
}

/** The redraw order, or the open order once it is due. */
function followedOrder({ redraw, open_order }: StoredTransaction, now: Instant): string | null {
  if (redraw) return redraw.order_id;
  return open_order !== null && open_order.due_at !== null && open_order.due_at <= now
    ? open_order.order_id
    : null;
}

/** Compares with the order's own record only: a sibling's payload holds less than the order's own webhook. */
function isNewer(reported: ListedOrder, recorded: Contribution): boolean {
  const reportedAt = reported.status_at ?? '';
  const recordedAt = recorded.low_level_status_created_at ?? '';
  if (reportedAt !== recordedAt) return reportedAt > recordedAt;
  return lifecycleStage(reported.status) > lifecycleStage(recorded.low_level_status);
}

async function reconcileOrder(
  table: Table,
  api: JunctionClient,
  id: string,
  { stored, isListed }: { readonly stored: StoredTransaction; readonly isListed: boolean },
): Promise<CheckedChange[] | 'not_known'> {
  const answer = await api.order(id);
  if (!answer) return 'not_known';
  // If the order names no transaction, use the transaction whose list named the order.
  const facts = { ...answer, transactionId: answer.transactionId ?? (isListed ? stored.id : null) };
  const before = await readOrder(table, id);
  if (!hasNews(facts, before) && isSameReport(facts, before)) return [];
  await writeAnswer(table, facts);
  return changesFound(before, await readOrder(table, id), stored.diverges);
}

/** Whether Junction's status of the transaction is the stored one. It can change without a webhook of this order. */
function isSameReport({ snapshot }: OrderFacts, before: OrderRecord | null): boolean {
  return snapshot.report?.status === before?.snapshot?.report?.status;
}

/** What can be asked beside an order and its transaction. */
interface Optional {
  readonly api: JunctionClient;
  readonly optional: OptionalRoutes;
}

/** The appointments of the followed order, and of orders whose webhooks contradict each other about one. */
async function reconcileAppointments(
  table: Table,
  asked: Optional,
  stored: StoredTransaction,
  now: Instant,
): Promise<CheckedChange[]> {
  const { stage } = stored.redraw ?? stored.open_order ?? { stage: null };
  // The appointment determines the draw's due time, and no other response contains it.
  const followed = stage === null || stage === 'awaiting_result' ? null : followedOrder(stored, now);
  const changes: CheckedChange[] = [];
  for (const order of stored.orders) {
    const isAsked = order.id === followed || stored.contributions[order.id]?.question_at !== undefined;
    if (isAsked) changes.push(...(await reconcileAppointment(table, asked, order, order.id === followed)));
  }
  return changes;
}

async function reconcileAppointment(
  table: Table,
  { api, optional }: Optional,
  { id, modality, lab_test }: TransactionOrder,
  isFollowed: boolean,
): Promise<CheckedChange[]> {
  const kind = appointmentKindOf(modality);
  if (kind === null) return [];
  const record = await readOrder(table, id);
  const isExpected = isFollowed && (isBooked(kind, lab_test?.lab ?? null) || showsAppointment(record));
  const isInQuestion = record?.appointments.some(({ question_at }) => question_at !== undefined);
  if (!isExpected && !isInQuestion) return [];
  const facts = await optional.ask(`${kind}_appointment`, () => api.appointment(kind, id));
  if (!facts) return [];
  const held = record?.appointments.find((one) => one.id === facts.appointment.id);
  const outcome = await writeAppointmentAnswer(table, facts);
  if (outcome === 'duplicate' || outcome === 'superseded' || isDeepStrictEqual(held, facts.appointment))
    return [];
  return [{ order_id: facts.orderId, change: 'appointment', status: null }];
}

/** Whether the order has, or had, an appointment. Junction can add labs that it books. */
function showsAppointment(record: OrderRecord | null): boolean {
  const isAboutAppointment = ({ status }: OrderEvent) =>
    statusParts(status).low?.startsWith('appointment_') ?? false;
  return record !== null && (record.appointments.length > 0 || record.events.some(isAboutAppointment));
}

/**
 * Asks which markers are missing from the results, if that is unknown. Junction has no answer before there are results.
 *
 * @returns whether anything was written
 */
async function askForMarkers(
  table: Table,
  { api, optional }: Optional,
  { id, status, orders, provisional, markers_wanted_of: wanted }: StoredTransaction,
): Promise<boolean> {
  const asOf = orders.find((order) => order.id === wanted)?.low_level_status_created_at;
  if (!wanted || !asOf || provisional) return false;
  // Until the transaction is completed, Junction documents the results of the order itself only.
  const [name, of] =
    status === 'completed'
      ? (['order_transaction_result', { orderId: null, transactionId: id }] as const)
      : (['order_result', { orderId: wanted, transactionId: id }] as const);
  const markers = await optional.ask(name, () => api.missingResults(of));
  if (!markers) return false;
  return (await writeReportedMarkers(table, wanted, { as_of: asOf, markers })) === 'applied';
}
