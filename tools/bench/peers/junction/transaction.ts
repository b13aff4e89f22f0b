import type { SeenTransaction } from '../peer.ts';
import type { ListedOrder, Order } from './order.ts';

/** An order in its transaction, by its own webhooks or by the list of another order. */
type Member = ListedOrder & Pick<Order, 'user_id'>;

const CANCELLED = ['cancelled', 'do_not_process'];
const ENDED = [
  ...CANCELLED,
  'completed',
  'corrected',
  'sample_error',
  'lost',
  'failure_to_deliver_to_customer',
  'failure_to_deliver_to_lab',
];

/** Groups orders by transaction. An order without one is its own transaction. */
export function transactionsOf(orders: readonly Order[]): Map<string, SeenTransaction> {
  const groups = Map.groupBy(orders, ({ id, transaction_id }) => transaction_id ?? id);
  return new Map([...groups].map(([id, members]) => [id, transactionOf(members)]));
}

/** A transaction by Junction's documented rules: https://docs.junction.com/lab/workflow/order-transactions */
export function transactionOf(orders: readonly Order[]): SeenTransaction {
  const members = membersOf(orders);
  const replaced = new Set(
    members.flatMap((member) => (isRecreation(member) ? replacedBy(member, members) : [])),
  );
  const current = members.filter(({ id }) => !replaced.has(id));
  const redraw = current.findLast(
    (member) => member.origin === 'redraw' || isInPlaceOfRedraw(member, members),
  );
  const initial = current.findLast((member) => member !== redraw);
  return {
    status: statusOf(initial, redraw),
    orders: members.map(({ id, user_id }) => ({ id, userId: user_id })),
    redraw:
      redraw || initial?.status === 'redraw_available'
        ? { orderId: redraw?.id ?? null, open: redraw ? !hasEnded(redraw) : true }
        : null,
  };
}

/** Every order with the newest status that any of them reports, oldest first. */
function membersOf(orders: readonly Order[]): Member[] {
  const members = new Map<string, Member>(orders.map((order) => [order.id, order]));
  for (const entry of orders.flatMap(({ listed }) => listed)) {
    const known = members.get(entry.id);
    if (!known) members.set(entry.id, { ...entry, user_id: null });
    else if (entry.status !== null && entry.status_at > known.status_at) {
      members.set(entry.id, { ...known, status: entry.status, status_at: entry.status_at });
    }
  }
  return [...members.values()].sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
}

function statusOf(initial: Member | undefined, redraw: Member | undefined): string {
  const isOpen = (member: Member | undefined) =>
    member !== undefined && member.status !== 'redraw_available' && !hasEnded(member);
  if (isOpen(initial) || isOpen(redraw)) return 'active';
  if (initial?.status === 'redraw_available' && !redraw) return 'active';
  const isCancelled = (member: Member | undefined) =>
    member === undefined || CANCELLED.includes(member.status ?? '');
  return isCancelled(initial) && isCancelled(redraw) ? 'cancelled' : 'completed';
}

function hasEnded({ status }: Member): boolean {
  return ENDED.includes(status ?? '');
}

function isRecreation({ origin }: Member): boolean {
  return origin === 'recreation';
}

function replacedBy({ id, parent_id }: Member, members: readonly Member[]): string[] {
  if (parent_id !== null) return [parent_id];
  const before = members.slice(
    0,
    members.findIndex((member) => member.id === id),
  );
  return before.slice(-1).map((member) => member.id);
}

function isInPlaceOfRedraw(member: Member, members: readonly Member[]): boolean {
  if (!isRecreation(member)) return false;
  const [replaced] = replacedBy(member, members);
  return members.some(({ id, origin }) => id === replaced && origin === 'redraw');
}
