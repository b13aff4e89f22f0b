import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Arrival, arrivalOfDates, type Source } from '../../domain/order/arrivals.ts';
import type { OrderFacts } from '../../domain/order/order-record.ts';
import type { WriteOutcome } from '../../domain/webhook-outcomes.ts';
import { CAUSE, causeOf, type Item, type Table } from '../table.ts';
import { orderKey } from '../table-layout.ts';
import { changeOrder, type Guard, type OrderChange } from './change-order.ts';
import { writeCriticalResult } from './critical-results.ts';
import { encodeClaim, encodeClientUser, encodeMissingResults, encodeSnapshot } from './order-encoding.ts';
import {
  arrivalAttribute,
  arrivalTime,
  HEARD_AT,
  lacking,
  MISSING_RESULTS,
  OWN_CLAIM,
  secondsOf,
  setsOf,
  textAt,
  WAS_PROVISIONAL,
} from './order-item.ts';

/** The snapshot is newer than the stored one, or none is stored. Equal rank means equal content. */
const newerSnapshot = (rank: string): Guard => ({
  condition: 'attribute_not_exists(#rank) OR #rank < :rank',
  names: { '#rank': 'rank' },
  values: { ':rank': rank },
});

const unchangedSince = ({ version }: Item): Guard => ({
  condition: '#version = :read',
  names: {},
  values: { ':read': version },
});

/**
 * Joins the facts of an order payload into the order's item. Takes one request if the facts are newer than the stored ones, or
 * known. Takes more if they are older but hold something new, if no webhook showed their newest event, or if they say that the
 * results are critical.
 */
export async function writeOrder(
  table: Table,
  facts: OrderFacts,
  arrival: Arrival | null = null,
  by: Source = arrival?.by ?? 'webhook',
): Promise<WriteOutcome> {
  const outcome = await joinFacts(table, facts, arrival, by);
  if (!facts.critical) return outcome;
  // After the order itself: before its first payload, the order would be alone in a transaction.
  const critical = await writeCriticalResult(table, facts.id, facts.critical, facts.receivedAt, by);
  return outcome === 'applied' || critical === 'duplicate' ? outcome : 'merged';
}

async function joinFacts(
  table: Table,
  facts: OrderFacts,
  arrival: Arrival | null,
  by: Source,
): Promise<WriteOutcome> {
  const registers = registersOf(facts);
  const dates = arrivalOfDates(facts.snapshot, by, arrival?.at ?? facts.receivedAt);
  const arrived = [arrival, dates].filter((one) => one !== null);
  const initialize = {
    [WAS_PROVISIONAL]: facts.transactionId === null,
    [HEARD_AT]: secondsOf(facts.receivedAt),
    ...Object.fromEntries(arrived.map((one) => [arrivalAttribute(one), arrivalTime(one)])),
  };
  const replace = { rank: facts.rank, snapshot: encodeSnapshot(facts.snapshot, facts.id), ...registers };
  const held = await changeOrder(
    table,
    facts.id,
    { by, add: setsOf(facts), replace, initialize },
    newerSnapshot(facts.rank),
  );
  if (held === null) return 'applied';
  if (await addLateFacts(table, facts, { by, initialize }, held)) return 'merged';
  if (arrival?.by === 'webhook' && !(arrivalAttribute(arrival) in held)) {
    await storeArrival(table, facts.id, arrival);
  }
  return held.rank === facts.rank ? 'duplicate' : 'superseded';
}

/** The fields that are kept if a newer payload leaves them out. */
function registersOf(facts: OrderFacts): Readonly<Record<string, string>> {
  const { rank, transactionId, clientUser, snapshot } = facts;
  return {
    ...(snapshot.missing_results.length > 0 && {
      [MISSING_RESULTS]: encodeMissingResults(rank, snapshot.missing_results),
    }),
    ...(transactionId !== null && { [OWN_CLAIM]: encodeClaim({ rank, transaction_id: transactionId }) }),
    ...(clientUser !== null && { client: encodeClientUser(rank, clientUser) }),
  };
}

/**
 * Joins the parts of an older payload that the item, read as `held`, lacks.
 *
 * @returns whether there were any
 */
async function addLateFacts(
  table: Table,
  facts: OrderFacts,
  common: Pick<OrderChange, 'by' | 'initialize'>,
  held: Item,
): Promise<boolean> {
  // A concurrent writer can only make fewer parts missing.
  for (let item: Item | null = held; item !== null; ) {
    const add = lacking(item, setsOf(facts));
    const replace = newerRegisters(item, registersOf(facts));
    if (Object.keys(add).length + Object.keys(replace).length === 0) return item !== held;
    // Unions need no condition; replacements do.
    const guard = Object.keys(replace).length > 0 ? unchangedSince(item) : undefined;
    item = await changeOrder(table, facts.id, { ...common, add, replace }, guard);
  }
  return true;
}

function newerRegisters(item: Item, registers: Readonly<Record<string, string>>): Record<string, string> {
  const newer = Object.entries(registers).filter(([name, value]) => textAt(item, name) < value);
  return Object.fromEntries(newer);
}

/** Stores an arrival. It changes nothing about the order, so its version stays and nothing is recomputed. */
async function storeArrival(table: Table, id: string, arrival: Arrival): Promise<void> {
  const { [CAUSE]: cause } = causeOf(table);
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: orderKey(id),
      UpdateExpression: `SET #arrival = if_not_exists(#arrival, :arrived)${cause ? ', #cause = :cause' : ''}`,
      ExpressionAttributeNames: { '#arrival': arrivalAttribute(arrival), ...(cause && { '#cause': CAUSE }) },
      ExpressionAttributeValues: { ':arrived': arrivalTime(arrival), ...(cause && { ':cause': cause }) },
    }),
  );
}
