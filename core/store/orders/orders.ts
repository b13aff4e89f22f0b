import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Arrival, arrivalOfDates, type Source } from '../../domain/order/arrivals.ts';
import type { Claim } from '../../domain/order/membership.ts';
import type {
  AppointmentFacts,
  OrderFacts,
  OrderRecord,
  ReportedMarkers,
} from '../../domain/order/order-record.ts';
import type { WriteOutcome } from '../../domain/webhook-outcomes.ts';
import { CAUSE, causeOf, type Item, refusal, type Table } from '../table.ts';
import { orderKey } from '../table-layout.ts';
import {
  encodeAppointment,
  encodeClaim,
  encodeClientUser,
  encodeMissingResults,
  encodeSnapshot,
} from './order-encoding.ts';
import {
  appointmentAttribute,
  appointmentClaimAttribute,
  arrivalAttribute,
  arrivalTime,
  HEARD_AT,
  lacking,
  MISSING_RESULTS,
  OWN_CLAIM,
  readOrderItem,
  STOOD_ALONE,
  secondsOf,
  setsOf,
} from './order-item.ts';
import { type OrderChange, updateOf } from './order-update.ts';

/** A condition on an item, with its placeholders, which the update adds to its own. */
export interface Guard {
  readonly condition: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The snapshot is newer than the stored one, or none is stored. Equal rank means equal content. */
const newerSnapshot = (rank: string): Guard => ({
  condition: 'attribute_not_exists(#rank) OR #rank < :rank',
  names: { '#rank': 'rank' },
  values: { ':rank': rank },
});

/** The value is newer than that of the register, or the register is empty. */
const newerThan = (register: string, value: string): Guard => ({
  condition: 'attribute_not_exists(#register) OR #register < :register',
  names: { '#register': register },
  values: { ':register': value },
});

const unchangedSince = ({ version }: Item): Guard => ({
  condition: '#version = :read',
  names: {},
  values: { ':read': version },
});

/** Changes an order's item. @returns null if the change was made, otherwise the item that failed the condition */
export async function changeOrder(
  table: Table,
  id: string,
  made: OrderChange,
  guard?: Guard,
): Promise<Item | null> {
  const update = updateOf({ ...made, replace: { ...made.replace, ...causeOf(table) } });
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: orderKey(id),
        ...update,
        ...(guard && {
          ConditionExpression: guard.condition,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          ExpressionAttributeNames: { ...update.ExpressionAttributeNames, ...guard.names },
          ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ...guard.values },
        }),
      }),
    );
    return null;
  } catch (error) {
    return refusal(error).item ?? {};
  }
}

/**
 * Joins the facts of an order payload into the order's item. Takes one request if the facts are newer than the stored ones, or
 * known. Takes more if they are older but hold something new, or if no webhook showed their newest event.
 */
export async function writeOrder(
  table: Table,
  facts: OrderFacts,
  arrival: Arrival | null = null,
  by: Source = arrival?.by ?? 'webhook',
): Promise<WriteOutcome> {
  const registers = registersOf(facts);
  const dates = arrivalOfDates(facts.snapshot, by, arrival?.at ?? facts.receivedAt);
  const arrived = [arrival, dates].filter((one) => one !== null);
  const initialize = {
    [STOOD_ALONE]: facts.transactionId === null,
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

const textAt = (item: Item, name: string): string => (item[name] as string | undefined) ?? '';

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

/** Joins the state of an appointment into its order's item, also before the order itself arrives. */
export async function writeAppointment(
  table: Table,
  facts: AppointmentFacts,
  by: Source = 'webhook',
): Promise<WriteOutcome> {
  const { orderId, appointment, transactionId, rank } = facts;
  const attribute = appointmentAttribute(appointment.id);
  const claimed = appointmentClaimAttribute(appointment.id);
  const claim = transactionId === null ? null : encodeClaim({ rank, transaction_id: transactionId });
  const add = transactionId === null ? {} : { claimed_by: new Set([transactionId]) };
  const initialize = { [STOOD_ALONE]: transactionId === null, [HEARD_AT]: secondsOf(facts.receivedAt) };
  const held = await changeOrder(
    table,
    orderId,
    {
      by,
      add,
      replace: {
        [attribute]: { rank, appointment: encodeAppointment(appointment) },
        ...(claim && { [claimed]: claim }),
      },
      initialize,
    },
    {
      condition: 'attribute_not_exists(#appointment) OR #appointment.#rank < :rank',
      names: { '#appointment': attribute, '#rank': 'rank' },
      values: { ':rank': rank },
    },
  );
  if (held === null) return 'applied';
  const heldRank = (held[attribute] as { rank: string }).rank;
  if (claim && textAt(held, claimed) < claim && heldRank !== rank) {
    await changeOrder(
      table,
      orderId,
      { by, add, replace: { [claimed]: claim }, initialize },
      newerThan(claimed, claim),
    );
    return 'merged';
  }
  return heldRank === rank ? 'duplicate' : 'superseded';
}

/** Stores which markers are missing from an order's results, unless a report on a later state of the order is stored. */
export async function writeReportedMarkers(
  table: Table,
  orderId: string,
  reported: ReportedMarkers,
): Promise<WriteOutcome> {
  const held = await changeOrder(
    table,
    orderId,
    { by: 'api', replace: { told_markers: reported } },
    {
      condition: 'attribute_not_exists(#reported) OR #reported.#as_of < :as_of',
      names: { '#reported': 'told_markers', '#as_of': 'as_of' },
      values: { ':as_of': reported.as_of },
    },
  );
  return held === null ? 'applied' : 'duplicate';
}

/** Stores another order's listing of an order, known or not, if it is newer than the stored listing. */
export async function writeListedClaim(table: Table, orderId: string, claim: Claim): Promise<WriteOutcome> {
  const held = await changeOrder(
    table,
    orderId,
    {
      by: 'api',
      add: { claimed_by: new Set([claim.transaction_id]) },
      replace: { listed: encodeClaim(claim) },
      initialize: { [STOOD_ALONE]: false },
    },
    newerThan('listed', encodeClaim(claim)),
  );
  return held === null ? 'applied' : 'duplicate';
}

/** Reads an order's record consistently; null if there is none. */
export async function readOrder(table: Table, id: string): Promise<OrderRecord | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: orderKey(id), ConsistentRead: true }),
  );
  return Item ? readOrderItem(Item) : null;
}
