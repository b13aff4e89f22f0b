/** Compares the answers of the query API with what the oracle expects of the received deliveries, journey by journey. */
import { setTimeout as sleep } from 'node:timers/promises';
import { mapConcurrent } from '../../core/concurrency/map-concurrent.ts';
import type { Journey } from '../../tools/sandbox/journeys/journeys.ts';
import { eventFacts } from '../../tools/verification/convergence/product.ts';
import { differences, judge } from '../../tools/verification/convergence/verdict.ts';
import { type ExpectedState, expectedState } from '../../tools/verification/oracle/oracle.ts';
import type { Delivery } from '../../tools/verification/oracle/reading/facts.ts';
import type { ExpectedTransaction } from '../../tools/verification/oracle/transaction/transaction-truth.ts';
import type { Answer } from './http-call.ts';
import type { QueryClient, TransactionAnswer } from './query/calls.ts';

/** The received deliveries, by the name of the journey. */
export type Received = ReadonlyMap<string, readonly Delivery[]>;

/** A difference that has not changed for this long is permanent. */
const GIVE_UP_AFTER_MS = 12_000;

/**
 * Waits until the transactions have followed the orders, and returns the remaining differences; none if all is correct.
 * Orders are correct as soon as the webhook is answered, so they are not waited for.
 */
export async function faults(...judged: Parameters<typeof faultsByJourney>): Promise<string[]> {
  const { strangers, wrong } = await faultsByJourney(...judged);
  return [...strangers, ...[...wrong.values()].flat()];
}

/** What is wrong after all. */
export interface JourneyFaults {
  /** Transactions of no journey. */
  readonly strangers: readonly string[];
  /** By the name of each wrong journey. */
  readonly wrong: ReadonlyMap<string, readonly string[]>;
}

/** The same, by journey. */
export async function faultsByJourney(
  client: QueryClient,
  journeys: readonly Journey[],
  received: Received,
): Promise<JourneyFaults> {
  const cases = journeys.map((journey) => new Case(journey, received.get(journey.name) ?? []));
  await mapConcurrent(
    cases.flatMap((one) => one.orderIds.map((id) => ({ one, id }))),
    async ({ one, id }) => one.seeOrder(id, await client.ask(`/v1/orders/${id}`)),
  );
  let deadline = Number.POSITIVE_INFINITY;
  let before = '';
  for (;;) {
    const listed = await client.allTransactions();
    const strangers = listed
      .filter((transaction) => !cases.some((one) => one.has(transaction)))
      .map(({ id }) => `transaction ${id} belongs to no journey`);
    const wrong = new Map(
      cases
        .map((one): [string, readonly string[]] => [one.name, one.faults(listed)])
        .filter(([, found]) => found.length > 0),
    );
    const found = { strangers, wrong };
    const now = JSON.stringify([strangers, ...wrong]);
    // However slow the machine is, as long as something changes, it may still become correct.
    if (now !== before) deadline = performance.now() + GIVE_UP_AFTER_MS;
    if ((strangers.length === 0 && wrong.size === 0) || performance.now() > deadline) return found;
    before = now;
    await sleep(800);
  }
}

/** One journey: its received deliveries, and the answers about it. */
class Case {
  readonly #journey: Journey;
  readonly #deliveries: readonly Delivery[];
  readonly #ids: ReadonlySet<string>;
  readonly #expected: ExpectedState;
  readonly #orders = new Map<string, unknown>();

  constructor(journey: Journey, deliveries: readonly Delivery[]) {
    this.#journey = journey;
    this.#deliveries = deliveries;
    this.#ids = new Set(journey.known.flatMap(({ facts }) => [facts.orderId, facts.transactionId]));
    this.#expected = expectedState(deliveries);
  }

  get name(): string {
    return this.#journey.name;
  }

  get orderIds(): string[] {
    return [...this.#expected.orders.keys()];
  }

  has({ id, orders }: TransactionAnswer): boolean {
    return this.#ids.has(id) || orders.some((order) => this.#ids.has(order.id));
  }

  seeOrder(id: string, { status, json }: Answer): void {
    if (status === 200) this.#orders.set(id, known(json, this.#expected.orders.get(id)));
  }

  faults(listed: readonly TransactionAnswer[]): string[] {
    const own = listed.filter((transaction) => this.has(transaction));
    const marks = own.flatMap(({ orders }) => orders.flatMap((order) => wrongMark(order, this.#deliveries)));
    if (marks.length > 0) return marks;
    const transactions = new Map(
      own.map((answer) => [answer.id, judged(answer, this.#expected.transactions.get(answer.id))]),
    );
    const verdict = judge(this.#deliveries)({ orders: this.#orders, transactions });
    if (!verdict) return [];
    const { name, script, seed } = this.#journey;
    const where = `journey ${name} (script ${script}, seed ${seed})`;
    return differences(verdict.expected, verdict.actual).map((line) => `${where}: ${line}`);
  }
}

/** The fields that the oracle has. */
function known(answer: unknown, expected: object | null | undefined): unknown {
  if (!expected || typeof answer !== 'object' || answer === null) return answer;
  const shown = Object.entries(answer).filter(([name]) => Object.hasOwn(expected, name));
  return Object.fromEntries(
    shown.map(([name, value]) => [
      name,
      name === 'events' ? eventFacts(value as Parameters<typeof eventFacts>[0]) : value,
    ]),
  );
}

/** Without the clocks of a redraw, which the oracle does not compute. */
function judged(answer: TransactionAnswer, expected: ExpectedTransaction | undefined): unknown {
  const { redraw } = answer;
  const shown = redraw && (known({ ...redraw, due_at: null }, expected?.redraw) as object);
  const open_order = known(answer.open_order, expected?.open_order);
  const orders = answer.orders.map(({ critical_result: _, ...order }) => order);
  return { ...(known({ ...answer, orders, open_order }, expected) as object), redraw: shown };
}

/** The oracle leaves critical results out: an order's is open as soon as one was received, and nobody acknowledges it. */
function wrongMark(
  { id, critical_result }: TransactionAnswer['orders'][number],
  deliveries: readonly Delivery[],
): string[] {
  const isCritical = deliveries.some(
    ({ body }) => body.includes('labtest.result.critical') && body.includes(id),
  );
  return (critical_result === 'open') === isCritical ? [] : [`critical result of ${id}: ${critical_result}`];
}
