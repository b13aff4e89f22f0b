import { expectedStates } from '../../verification/oracle/oracle.ts';
import type { Fact } from '../../verification/oracle/reading/facts.ts';
import { isOpen } from '../peers/open-redraw.ts';
import type { SeenTransaction } from '../peers/peer.ts';

/** The ways in which a transaction can end wrong. Each wrong one is counted under the first that applies. */
export const KINDS = [
  'two patients',
  'redraw never linked',
  'redraw shown after it ended',
  'stuck open',
  'falsely complete',
  'other',
] as const;

export type Kind = (typeof KINDS)[number];

/** What is right to show about a transaction. */
export interface RightTransaction extends SeenTransaction {
  /** Whether Junction documents its status. Where it does not, ours is a judgement, and any other is right too. */
  readonly documented: boolean;
}

export type RightState = ReadonlyMap<string, RightTransaction>;
type SeenState = ReadonlyMap<string, SeenTransaction>;

/** Arbitrary ties decide nothing that is compared here, so few combinations are enough. */
const MAX_STATES = 16;

/** Every state that is right for the facts, by the oracle. Mostly one. */
export function rightStates(facts: readonly Fact[]): RightState[] {
  const states: RightState[] = [];
  for (const { transactions, orders } of expectedStates(facts)) {
    const userOf = (id: string) => orders.get(id)?.user_id ?? null;
    const shown = [...transactions.values()].map(({ id, status, rule_source, redraw, orders: members }) => {
      const right: RightTransaction = {
        status,
        documented: rule_source === 'documented',
        orders: members.map((member) => ({ id: member.id, userId: userOf(member.id) })),
        redraw: redraw && { orderId: redraw.order_id, open: isOpen(redraw.state) },
      };
      return [id, right] as const;
    });
    states.push(new Map(shown));
    if (states.length === MAX_STATES) break;
  }
  return states;
}

/** The wrong transactions: of the right states, the closest one counts. */
export function wrongOnes(right: readonly RightState[], seen: SeenState): Map<string, Kind> {
  const found = right.map((state) => wrongTo(state, seen));
  return found.reduce((least, one) => (one.size < least.size ? one : least), found[0] ?? new Map());
}

function wrongTo(right: RightState, seen: SeenState): Map<string, Kind> {
  const wrong = new Map<string, Kind>();
  for (const [id, transaction] of right) {
    const kind = kindOf(transaction, seen.get(id));
    if (kind) wrong.set(id, kind);
  }
  for (const id of seen.keys()) if (!right.has(id)) wrong.set(id, 'other');
  return wrong;
}

/** What is wrong with a transaction; null if it is right. */
export function kindOf(right: RightTransaction, seen: SeenTransaction | undefined): Kind | null {
  const orders = idsOf(right);
  const strangers = (seen?.orders ?? []).filter(({ id }) => !orders.includes(id));
  const known = (seen?.orders ?? []).filter(({ id }) => orders.includes(id));
  const users = new Set(known.flatMap(({ userId }) => userId ?? []));
  if (strangers.some(({ userId }) => userId !== null && !users.has(userId))) return 'two patients';
  const redraw = right.redraw?.orderId ?? null;
  if (redraw !== null && seen?.redraw?.orderId !== redraw) return 'redraw never linked';
  if (!seen) return 'other';
  if (seen.redraw?.open && !right.redraw?.open) return 'redraw shown after it ended';
  if (!hasRightStatus(right, seen)) {
    if (seen.status === 'active') return 'stuck open';
    if (right.status === 'active') return 'falsely complete';
  }
  return isSame(right, seen) ? null : 'other';
}

export function isSame(right: RightTransaction, seen: SeenTransaction | undefined): boolean {
  return (
    seen !== undefined &&
    hasRightStatus(right, seen) &&
    idsOf(right).join() === idsOf(seen).join() &&
    (right.redraw?.open ?? false) === (seen.redraw?.open ?? false) &&
    (right.redraw?.orderId ?? null) === (seen.redraw?.orderId ?? null)
  );
}

function hasRightStatus(right: RightTransaction, seen: SeenTransaction): boolean {
  return !right.documented || right.status === seen.status;
}

function idsOf({ orders }: SeenTransaction): string[] {
  return orders.map(({ id }) => id).sort();
}
