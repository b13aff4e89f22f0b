/**
 * The judge of convergence: what a set of deliveries must come to, computed from the whole set at once.
 * Shares no code with the product. It follows docs/state-model.md; where that leaves a choice, the reading
 * taken is written down in readings.md beside this file.
 */
import type { AppointmentPayload, Delivery, OrderPayload } from './facts.ts';
import { distinct, type ExpectedOrder, orderTruth, type Record, type TieBreak } from './order-truth.ts';
import { readDelivery } from './payload.ts';
import { type ExpectedTransaction, type TransactionIds, transactionTruth } from './transaction-truth.ts';

export interface ExpectedState {
  orders: Map<string, ExpectedOrder>;
  transactions: Map<string, ExpectedTransaction>;
  /** Different bodies, not deliveries. */
  quarantined: number;
  ignored: number;
  /** Registers whose rank ties in all but its arbitrary digest, and how many contents contend. */
  ties: Map<string, number>;
}

/** `choices` says which contender wins a tied register, by its index; the first where it says nothing. */
export function expectedState(
  deliveries: readonly Delivery[],
  choices: ReadonlyMap<string, number> = new Map(),
): ExpectedState {
  const read = distinct([...deliveries]).map((delivery) => ({ delivery, payload: readDelivery(delivery) }));
  const payloads = read.map(({ payload }) => payload);
  const orders = payloads.filter((payload): payload is OrderPayload => payload.kind === 'order');
  const visits = payloads.filter((payload): payload is AppointmentPayload => payload.kind === 'appointment');
  const bodiesOf = (kind: string) =>
    new Set(read.filter(({ payload }) => payload.kind === kind).map(({ delivery }) => delivery.body)).size;

  const ties = new Map<string, number>();
  const tieBreak: TieBreak = (register, contenders) => {
    ties.set(register, contenders);
    return choices.get(register) ?? 0;
  };
  const records = distinct([...orders, ...visits].map((payload) => payload.orderId)).map((id) =>
    orderTruth(
      id,
      orders.filter((payload) => payload.orderId === id),
      visits.filter((payload) => payload.orderId === id),
      tieBreak,
    ),
  );
  return {
    orders: new Map(records.map(({ order }) => [order.id, order])),
    transactions: transactionsOf(records),
    quarantined: bodiesOf('quarantined'),
    ignored: bodiesOf('ignored'),
    ties,
  };
}

/** Every state the set may come to: one for each way of settling the ties. */
export function* expectedStates(deliveries: readonly Delivery[]): Generator<ExpectedState> {
  const choices = new Map<string, number>();
  const first = expectedState(deliveries, choices);
  yield first;
  const registers = [...first.ties];
  const ways = registers.reduce((product, [, contenders]) => product * contenders, 1);
  for (let way = 1; way < ways; way++) {
    let rest = way;
    for (const [register, contenders] of registers) {
      choices.set(register, rest % contenders);
      rest = Math.floor(rest / contenders);
    }
    yield expectedState(deliveries, choices);
  }
}

function transactionsOf(records: Record[]): Map<string, ExpectedTransaction> {
  const named = sharedIds(records);
  for (const { order } of records) order.order_transaction_id = named.get(order.id)?.[0] ?? null;
  const homeOf = (record: Record) => record.order.order_transaction_id ?? record.order.id;
  const ids = distinct(records.map(homeOf)).sort();
  return new Map(
    ids.map((id) => {
      const inside = records.filter((record) => homeOf(record) === id);
      return [id, transactionTruth(id, inside, named)];
    }),
  );
}

/** The transaction ids of every order, ascending: who lists another gives it all its own, until all are given. */
function sharedIds(records: Record[]): TransactionIds {
  const named: TransactionIds = new Map(records.map((record) => [record.order.id, record.transactionIds]));
  let shared = true;
  while (shared) {
    shared = false;
    for (const { order, entries } of records) {
      for (const entry of entries) {
        const before = named.get(entry.id) ?? [];
        const all = distinct([...before, ...(named.get(order.id) ?? [])]).sort();
        if (all.length > before.length) shared = true;
        named.set(entry.id, all);
      }
    }
  }
  return named;
}
