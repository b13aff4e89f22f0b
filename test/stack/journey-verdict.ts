/** Holds what the query API answers against what the oracle expects of the deliveries received, journey by journey. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Journey } from '../../sandbox/journeys.ts';
import { differences, judge } from '../convergence/verdict.ts';
import type { Delivery } from '../oracle/facts.ts';
import { expectedState } from '../oracle/oracle.ts';
import type { QueryClient, TransactionAnswer } from './query-calls.ts';

/** What was received, by the name of the journey. */
export type Received = ReadonlyMap<string, readonly Delivery[]>;

type Answers = Map<string, unknown>;

const GIVE_UP_AFTER_MS = 15_000;
const FETCHES_AT_ONCE = 12;

/**
 * Waits until the transactions have followed the orders, and gives the differences that stay; none is right.
 * Orders are right as soon as the webhook was answered, so these are not waited for.
 */
export async function faults(
  client: QueryClient,
  journeys: readonly Journey[],
  received: Received,
): Promise<string[]> {
  const cases = await Promise.all(
    journeys.map(async (journey) => {
      const deliveries = received.get(journey.name) ?? [];
      return { journey, deliveries, ids: idsOf(journey), orders: new Map<string, unknown>() };
    }),
  );
  const wanted = cases.flatMap(({ deliveries, orders }) =>
    [...expectedState(deliveries).orders.keys()].map((id) => ({ id, orders })),
  );
  await sideBySide(wanted, async ({ id, orders }) => {
    const { status, json } = await client.ask(`/v1/orders/${id}`);
    if (status === 200)
      orders.set(id, { ...(json as object), critical_results: undefined, registered_at: undefined });
  });
  const deadline = performance.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    const listed = await client.allTransactions();
    const strangers = listed.filter((one) => !cases.some(({ ids }) => isOf(ids, one)));
    const found = [
      ...strangers.map(({ id }) => `transaction ${id} belongs to no journey`),
      ...cases.flatMap(({ journey, deliveries, ids, orders }) => {
        const transactions = answersOf(listed.filter((one) => isOf(ids, one)));
        const verdict = judge(deliveries)({ orders, transactions });
        if (!verdict) return [];
        const where = `journey ${journey.name} (script ${journey.script}, seed ${journey.seed})`;
        return differences(verdict.expected, verdict.actual).map((line) => `${where}: ${line}`);
      }),
    ];
    if (found.length === 0 || performance.now() > deadline) return found;
    await sleep(200);
  }
}

/** Runs the work over all items, a few at once. */
export async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: FETCHES_AT_ONCE }, worker));
}

function idsOf({ known }: Journey): Set<string> {
  return new Set(known.flatMap(({ facts }) => [facts.orderId, facts.transactionId]));
}

function isOf(ids: ReadonlySet<string>, transaction: TransactionAnswer): boolean {
  return ids.has(transaction.id) || transaction.orders.some(({ id }) => ids.has(id));
}

/** Without the clocks of a redraw: the oracle does not judge them. */
function answersOf(transactions: TransactionAnswer[]): Answers {
  return new Map(
    transactions.map((transaction) => {
      if (transaction.redraw === null) return [transaction.id, transaction];
      const { stage: _, ...redraw } = transaction.redraw as TransactionAnswer['redraw'] & { stage?: unknown };
      return [transaction.id, { ...transaction, redraw: { ...redraw, due_at: null } }];
    }),
  );
}
