/**
 * The oracle: the state that must follow from a set of facts, including wrong ones, computed from the whole set at once.
 * It shares no code with the product. It follows docs/state-model.md; where that leaves a choice, readings.md beside
 * this file has the interpretation.
 */

import { type ExpectedOrder, orderTruth, type Record } from './order-truth.ts';
import { type DigestChoice, distinct } from './ranks.ts';
import type { Said } from './reading/claims.ts';
import type {
  AppointmentPayload,
  CriticalPayload,
  Delivery,
  Fact,
  OrderPayload,
  Registration,
} from './reading/facts.ts';
import { readDelivery } from './reading/payload.ts';
import { onePatient } from './transaction/patients.ts';
import { type ExpectedTransaction, transactionTruth } from './transaction/transaction-truth.ts';

export interface ExpectedState {
  /** Orders that have a delivery or a registration. An order that only a list names is not one of them yet. */
  orders: Map<string, ExpectedOrder>;
  transactions: Map<string, ExpectedTransaction>;
  /** The number of different bodies, not of deliveries. */
  quarantined: number;
  ignored: number;
  /** Ranks that are equal in everything but their arbitrary digest, and the number of competing contents. */
  ties: Map<string, number>;
}

/** `choices` has the index of the content that wins a tie; by default the first one wins. */
export function expectedState(
  facts: readonly Fact[],
  choices: ReadonlyMap<string, number> = new Map(),
): ExpectedState {
  const registrations = facts.filter((fact): fact is Registration => 'orderId' in fact);
  const deliveries = facts.filter((fact): fact is Delivery => 'body' in fact);
  const read = distinct(deliveries).map((delivery) => ({ delivery, payload: readDelivery(delivery) }));
  const payloads = read.map(({ payload }) => payload);
  const orders = payloads.filter((payload): payload is OrderPayload => payload.kind === 'order');
  const visits = payloads.filter((payload): payload is AppointmentPayload => payload.kind === 'appointment');
  const bodiesOf = (kind: string) =>
    new Set(read.filter(({ payload }) => payload.kind === kind).map(({ delivery }) => delivery.body)).size;

  const ties = new Map<string, number>();
  const choose: DigestChoice = (tie, contents) => {
    ties.set(tie, contents.length);
    return contents[choices.get(tie) ?? 0];
  };
  const criticals = payloads.filter((payload): payload is CriticalPayload => payload.kind === 'critical');
  const records = everythingSaid(orders, visits, registrations).map((said) => ({
    ...orderTruth(said, choose),
    criticals: criticals.flatMap(({ orderId, at }) => (orderId === said.orderId ? [at] : [])),
  }));
  const transactions = transactionsOf(records);
  const heardOf = distinct([...orders, ...visits, ...registrations].map(({ orderId }) => orderId));
  return {
    orders: new Map(
      records.flatMap(({ order }) => (heardOf.includes(order.id) ? [[order.id, order] as const] : [])),
    ),
    transactions,
    quarantined: bodiesOf('quarantined'),
    ignored: bodiesOf('ignored'),
    ties,
  };
}

/** By order. An order has a record as soon as another order lists it. */
function everythingSaid(
  payloads: OrderPayload[],
  visits: AppointmentPayload[],
  registrations: Registration[],
): Said[] {
  const listings = payloads.flatMap((payload) =>
    payload.listings.map((listing) => ({ ...listing, by: payload.orderId })),
  );
  const all = [...payloads, ...visits, ...registrations, ...listings];
  return distinct(all.map(({ orderId }) => orderId)).map((orderId) => ({
    orderId,
    payloads: payloads.filter((payload) => payload.orderId === orderId),
    visits: visits.filter((visit) => visit.orderId === orderId),
    listings: listings.filter((listing) => listing.orderId === orderId),
    registrations: registrations.filter((registration) => registration.orderId === orderId),
  }));
}

/** Every state that can follow from the facts: one for each way of deciding the ties. */
export function* expectedStates(facts: readonly Fact[]): Generator<ExpectedState> {
  const choices = new Map<string, number>();
  const first = expectedState(facts, choices);
  yield first;
  const ties = [...first.ties];
  const ways = ties.reduce((product, [, contenders]) => product * contenders, 1);
  for (let way = 1; way < ways; way++) {
    let rest = way;
    for (const [tie, contenders] of ties) {
      choices.set(tie, rest % contenders);
      rest = Math.floor(rest / contenders);
    }
    yield expectedState(facts, choices);
  }
}

/** Puts each order into one transaction: the claimed one, or one under its own id. Returns which. */
function transactionsOf(records: Record[]): Map<string, ExpectedTransaction> {
  const transactions = new Map<string, ExpectedTransaction>();
  const claimed = ({ claims }: Record) => claims[0]?.transactionId ?? null;
  const placeOf = (record: Record) => claimed(record) ?? record.order.id;
  for (const id of distinct(records.map(placeOf)).sort()) {
    const patient = onePatient(records.filter((record) => placeOf(record) === id));
    transactions.set(id, transactionTruth(id, patient));
    for (const record of patient.together) record.order.order_transaction_id = claimed(record);
    for (const record of patient.apart) {
      const { order } = record;
      order.order_transaction_id = order.id;
      const alone = { owner: order.user_id, together: [record], apart: [], differing: [record] };
      transactions.set(order.id, transactionTruth(order.id, alone));
    }
  }
  return transactions;
}
