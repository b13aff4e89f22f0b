/**
 * The oracle: the state that must follow from a set of facts, including wrong ones, computed from the whole set at once.
 * It shares no code with the product. It follows docs/state-model.md; where that leaves a choice, readings.md beside
 * this file has the interpretation.
 */

import type { Said } from './claims.ts';
import { type Correction, correctedOrder, type Heard } from './corrections/corrected-order.ts';
import { withoutRefuted } from './corrections/reports-of-others.ts';
import { type ExpectedOrder, orderTruth, type Record, readersView } from './order-truth.ts';
import { type DigestChoice, distinct } from './ranks.ts';
import type {
  AppointmentPayload,
  CriticalPayload,
  Delivery,
  Fact,
  OrderPayload,
  Registration,
} from './reading/facts.ts';
import { readDelivery } from './reading/payload.ts';
import { type Circumstances, type Resolved, type Rules, resolved } from './rules.ts';
import { onePatient } from './transaction/patients.ts';
import { type ExpectedTransaction, transactionTruth } from './transaction/transaction-truth.ts';

export interface ExpectedState {
  /** Orders that have a delivery or a registration. An order that only a list names is not one of them yet. */
  orders: Map<string, ExpectedOrder>;
  transactions: Map<string, ExpectedTransaction>;
  /** By order: what Junction took back, what it has to be asked about, and what counts unconfirmed. */
  corrections: Map<string, Correction>;
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
  circumstances: Circumstances = {},
): ExpectedState {
  const known = resolved(circumstances);
  const registrations = facts.filter((fact): fact is Registration => 'orderId' in fact);
  const deliveries = facts.filter((fact): fact is Delivery => 'body' in fact);
  const read = distinct(deliveries).map((delivery) => ({
    delivery,
    payload: readDelivery(delivery, known.rules),
  }));
  const payloads = read.map(({ payload }) => payload);
  const orders = read.filter((one): one is Heard<OrderPayload> => one.payload.kind === 'order');
  const visits = payloads.filter((payload): payload is AppointmentPayload => payload.kind === 'appointment');
  const criticals = payloads.flatMap((payload): Pick<CriticalPayload, 'orderId' | 'at'>[] => {
    if (payload.kind === 'critical') return [payload];
    if (payload.kind !== 'order' || payload.criticalSince === null) return [];
    return [{ orderId: payload.orderId, at: payload.criticalSince }];
  });
  const bodiesOf = (kind: string) =>
    new Set(read.filter(({ payload }) => payload.kind === kind).map(({ delivery }) => delivery.body)).size;

  const ties = new Map<string, number>();
  const choose: DigestChoice = (tie, contents) => {
    ties.set(tie, contents.length);
    return contents[choices.get(tie) ?? 0];
  };
  const heardOf = distinct(
    [...orders.map(({ payload }) => payload), ...visits, ...registrations].map(({ orderId }) => orderId),
  );
  const said = known.rules.corrections
    ? correctedSayings(heardOf, { orders, visits, choose, known })
    : heardOf.map((orderId) => plainSaying(orderId, orders, visits));
  const records = everythingSaid(said, registrations).map((one) => ({
    ...orderTruth(one, choose),
    criticals: criticals.flatMap(({ orderId, at }) => (orderId === one.orderId ? [at] : [])),
  }));
  return {
    transactions: transactionsOf(records, known.rules),
    orders: new Map(
      records.flatMap(({ order }) => (heardOf.includes(order.id) ? [[order.id, order] as const] : [])),
    ),
    corrections: new Map(
      said.flatMap(({ orderId, correction }) => (correction ? [[orderId, correction]] : [])),
    ),
    quarantined: bodiesOf('quarantined'),
    ignored: bodiesOf('ignored'),
    ties,
  };
}

type Saying = Omit<Said, 'listings' | 'registrations'>;

interface Heardings {
  orders: Heard<OrderPayload>[];
  visits: AppointmentPayload[];
  choose: DigestChoice;
  known: Resolved;
}

function plainSaying(
  orderId: string,
  orders: Heard<OrderPayload>[],
  allVisits: AppointmentPayload[],
): Saying {
  const payloads = orders.map(({ payload }) => payload).filter((payload) => payload.orderId === orderId);
  const visits = allVisits.filter((visit) => visit.orderId === orderId);
  return {
    orderId,
    payloads,
    visits,
    visitsAsClaims: visits,
    events: readersView(payloads.flatMap(({ counted }) => counted)),
    futureEvents: payloads.flatMap(({ future }) => future),
    correction: null,
  };
}

function correctedSayings(orderIds: string[], { orders, visits, choose, known }: Heardings): Saying[] {
  const each = orderIds.map((orderId) => ({
    orderId,
    ...correctedOrder(
      orders.filter(({ payload }) => payload.orderId === orderId),
      visits.filter((visit) => visit.orderId === orderId),
      choose,
      known,
    ),
  }));
  const answers = each.flatMap(({ orderId, correction: { answer } }) =>
    answer ? [[orderId, answer] as const] : [],
  );
  const left = withoutRefuted(
    each.flatMap(({ payloads }) => payloads),
    new Map(answers),
  );
  return each.map((one) => ({
    ...one,
    payloads: left.filter(({ orderId }) => orderId === one.orderId),
  }));
}

/** By order. An order has a record as soon as another order lists it. */
function everythingSaid(said: Saying[], registrations: Registration[]): Said[] {
  const listings = said
    .flatMap(({ payloads }) => payloads)
    .flatMap((payload) => payload.listings.map((listing) => ({ ...listing, by: payload.orderId })));
  const onlyListed = distinct(listings.map(({ orderId }) => orderId)).filter(
    (orderId) => !said.some((one) => one.orderId === orderId),
  );
  return [...said, ...onlyListed.map((orderId) => plainSaying(orderId, [], []))].map((one) => ({
    ...one,
    listings: listings.filter(({ orderId }) => orderId === one.orderId),
    registrations: registrations.filter(({ orderId }) => orderId === one.orderId),
  }));
}

/** Every state that can follow from the facts: one for each way of deciding the ties. */
export function* expectedStates(
  facts: readonly Fact[],
  circumstances: Circumstances = {},
  decided: ReadonlyMap<string, number> = new Map(),
): Generator<ExpectedState> {
  const state = expectedState(facts, decided, circumstances);
  yield state;
  // A decision can make other ties matter, so each of the others is explored with all that it leaves open.
  const settled = new Map(decided);
  for (const [tie, contenders] of state.ties) {
    if (decided.has(tie)) continue;
    for (let choice = 1; choice < contenders; choice++) {
      yield* expectedStates(facts, circumstances, new Map(settled).set(tie, choice));
    }
    settled.set(tie, 0);
  }
}

/** Puts each order into one transaction: the claimed one, or one under its own id. Returns which. */
function transactionsOf(records: Record[], rules: Rules): Map<string, ExpectedTransaction> {
  const transactions = new Map<string, ExpectedTransaction>();
  const claimed = ({ claims }: Record) => claims[0]?.transactionId ?? null;
  const placeOf = (record: Record) => claimed(record) ?? record.order.id;
  for (const id of distinct(records.map(placeOf)).sort()) {
    const patient = onePatient(records.filter((record) => placeOf(record) === id));
    transactions.set(id, transactionTruth(id, patient, rules));
    for (const record of patient.together) record.order.order_transaction_id = claimed(record);
    for (const record of patient.apart) {
      const { order } = record;
      order.order_transaction_id = order.id;
      const alone = { owner: order.user_id, together: [record], apart: [], differing: [record] };
      transactions.set(order.id, transactionTruth(order.id, alone, rules));
    }
  }
  return transactions;
}
