import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Arrival, Messenger } from '../domain/order/arrivals.ts';
import type {
  AppointmentFacts,
  CriticalResult,
  OrderFacts,
  OrderRecord,
  ToldMarkers,
} from '../domain/order/order-record.ts';
import {
  appointmentAttribute,
  arrivalAttribute,
  arrivalTime,
  encodeCriticalResult,
  encodeSnapshot,
  lacking,
  type OrderSets,
  readOrderItem,
  setsOf,
  UNHEARD,
} from './order-item.ts';
import { orderKey, refusal, type Table } from './table.ts';

/** What a write found: new facts, late ones that told something, late ones that did not, known ones. */
export type WriteOutcome = 'applied' | 'merged' | 'superseded' | 'duplicate';

/** The snapshot at hand is newer than the stored one, if any is. Equal rank means equal content. */
const NEWER_SNAPSHOT = 'attribute_not_exists(#rank) OR #rank < :rank';

/**
 * Joins the facts of an order payload into the order's item: one request where they are newer than what is
 * stored, or known; a second one where they are older but hold something the item lacks, or where no webhook showed
 * their newest event before.
 */
export async function writeOrder(
  table: Table,
  facts: OrderFacts,
  arrival: Arrival | null = null,
  by: Messenger = arrival?.by ?? 'webhook',
): Promise<WriteOutcome> {
  const sets = setsOf(facts);
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: orderKey(facts.id),
        ...additions(
          sets,
          noting(arrival, {
            set: 'SET #rank = :rank, #snapshot = :snapshot',
            names: { '#rank': 'rank', '#snapshot': 'snapshot' },
            values: { ':rank': facts.rank, ':snapshot': encodeSnapshot(facts.snapshot) },
          }),
          by,
        ),
        ConditionExpression: NEWER_SNAPSHOT,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return 'applied';
  } catch (error) {
    const { item = {} } = refusal(error);
    const news = lacking(item, sets);
    if (Object.keys(news).length > 0) {
      await addToSets(table, facts.id, news, by, arrival);
      return 'merged';
    }
    if (arrival?.by === 'webhook' && !(arrivalAttribute(arrival) in item)) {
      await noteArrival(table, facts.id, arrival);
    }
    return item.rank === facts.rank ? 'duplicate' : 'superseded';
  }
}

/** Says nothing new of the order, so its version stays: nobody has to work anything out anew. */
async function noteArrival(table: Table, id: string, arrival: Arrival): Promise<void> {
  const { set, names, values } = noting(arrival, NOTHING);
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: orderKey(id),
      UpdateExpression: set,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    }),
  );
}

/** Unions into the sets of an order's item. Needs no guard: a union can't go wrong. */
async function addToSets(
  table: Table,
  id: string,
  sets: OrderSets,
  by: Messenger,
  arrival: Arrival | null = null,
): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: orderKey(id),
      ...additions(sets, noting(arrival, NOTHING), by),
    }),
  );
}

interface Assignments {
  readonly set: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

const NOTHING: Assignments = { set: '', names: {}, values: {} };

/** Makes also that assignment which notes an arrival, unless one like it was noted before. */
function noting(arrival: Arrival | null, { set, names, values }: Assignments): Assignments {
  if (!arrival) return { set, names, values };
  const assignment = '#arrival = if_not_exists(#arrival, :arrived)';
  return {
    set: set === '' ? `SET ${assignment}` : `${set}, ${assignment}`,
    names: { ...names, '#arrival': arrivalAttribute(arrival) },
    values: { ...values, ':arrived': arrivalTime(arrival) },
  };
}

/** An update that unions sets, counts the version up, makes the given assignments, and counts that no webhook did. */
function additions(sets: OrderSets, assignments: Assignments, by: Messenger) {
  const names = Object.keys(sets);
  const counted = by === 'webhook' ? '' : ', #unheard :one';
  return {
    UpdateExpression:
      `${assignments.set} ADD #version :one${counted}${names.map((n) => `, #${n} :${n}`).join('')}`.trim(),
    ExpressionAttributeNames: {
      ...assignments.names,
      '#version': 'version',
      ...(by === 'webhook' ? {} : { '#unheard': UNHEARD }),
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ...assignments.values,
      ':one': 1,
      ...Object.fromEntries(Object.entries(sets).map(([name, values]) => [`:${name}`, values])),
    },
  };
}

/** Joins the state of an appointment into its order's item, which need not have arrived yet. */
export async function writeAppointment(
  table: Table,
  facts: AppointmentFacts,
  by: Messenger = 'webhook',
): Promise<WriteOutcome> {
  const sets: OrderSets =
    facts.transactionIds.length > 0 ? { transaction_ids: new Set(facts.transactionIds) } : {};
  const attribute = appointmentAttribute(facts.appointment.id);
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: orderKey(facts.orderId),
        ...additions(
          sets,
          {
            set: 'SET #appointment = :appointment',
            names: { '#appointment': attribute, '#rank': 'rank' },
            values: {
              ':appointment': { rank: facts.rank, appointment: facts.appointment },
              ':rank': facts.rank,
            },
          },
          by,
        ),
        ConditionExpression: 'attribute_not_exists(#appointment) OR #appointment.#rank < :rank',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return 'applied';
  } catch (error) {
    const { item = {} } = refusal(error);
    const held = item[attribute] as { rank: string };
    const news = lacking(item, sets);
    if (Object.keys(news).length === 0) return held.rank === facts.rank ? 'duplicate' : 'superseded';
    await addToSets(table, facts.orderId, news, by);
    return 'merged';
  }
}

/** Notes on an order that a critical result was found. */
export async function writeCriticalResult(
  table: Table,
  orderId: string,
  result: CriticalResult,
): Promise<WriteOutcome> {
  return addOnce(table, orderId, 'critical_results', encodeCriticalResult(result), 'webhook');
}

/** Notes on an order which markers miss in its results; what was told as of a later state of it stays. */
export async function writeToldMarkers(
  table: Table,
  orderId: string,
  told: ToldMarkers,
): Promise<WriteOutcome> {
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: orderKey(orderId),
        ...additions(
          {},
          {
            set: 'SET #told = :told',
            names: { '#told': 'told_markers', '#as_of': 'as_of' },
            values: { ':told': told, ':as_of': told.as_of },
          },
          'api',
        ),
        ConditionExpression: 'attribute_not_exists(#told) OR #told.#as_of < :as_of',
      }),
    );
    return 'applied';
  } catch (error) {
    refusal(error);
    return 'duplicate';
  }
}

/** Notes on an order, known or not, which transaction it belongs to: another order of it said so. */
export async function nameTransaction(
  table: Table,
  orderId: string,
  transactionId: string,
): Promise<WriteOutcome> {
  return addOnce(table, orderId, 'transaction_ids', transactionId, 'api');
}

async function addOnce(
  table: Table,
  orderId: string,
  set: 'critical_results' | 'transaction_ids',
  element: string,
  by: Messenger,
): Promise<WriteOutcome> {
  const addition = additions({ [set]: new Set([element]) }, NOTHING, by);
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: orderKey(orderId),
        ...addition,
        ConditionExpression: `NOT contains(#${set}, :element)`,
        ExpressionAttributeValues: { ...addition.ExpressionAttributeValues, ':element': element },
      }),
    );
    return 'applied';
  } catch (error) {
    refusal(error);
    return 'duplicate';
  }
}

/** Reads an order's record, all writes that were answered included; null where there is none. */
export async function readOrder(table: Table, id: string): Promise<OrderRecord | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: orderKey(id), ConsistentRead: true }),
  );
  return Item ? readOrderItem(Item) : null;
}
