import { later, latest, stampOf } from '../../domain/instant.ts';
import { type Arrival, arrivalOfDates, type Source } from '../../domain/order/arrivals.ts';

import type { OrderFacts } from '../../domain/order/order-record.ts';
import { ageOf, currentUntil, takesBack } from '../../domain/order/rank.ts';
import { LAG } from '../../domain/order/registers.ts';
import type { WriteOutcome } from '../../domain/webhook-outcomes.ts';
import type { Item, Table } from '../table.ts';
import {
  both,
  changeOrder,
  type Guard,
  namesFirstHome,
  type OrderChange,
  storeQuietly,
  unchangedSince,
} from './change-order.ts';
import { writeCriticalResult } from './critical-results.ts';
import {
  encodeClaim,
  encodeClientUser,
  encodeMissingResults,
  STORED_UPDATED_AT,
  STORED_USER,
  withoutRank,
  withoutUser,
} from './order-encoding.ts';
import {
  arrivalAttribute,
  arrivalTime,
  discardIn,
  HEARD_AT,
  lacking,
  secondsOf,
  setsOf,
  WAS_PROVISIONAL,
} from './order-item.ts';
import {
  FIRST_HOME,
  firstHomeOf,
  KEPT_STATEMENTS,
  newestOf,
  PAYLOAD,
  payloadAttributes,
  REPLACES_UNTIL,
  receiptsOf,
  STATEMENTS,
  statementsIn,
  textAt,
} from './order-registers.ts';

/**
 * The webhook is newer than the stored one, which takes nothing back that it says, and was received after the newest answer.
 * Equal rank means equal content.
 */
const newerPayload = ({ rank, receivedAt }: OrderFacts): Guard => {
  const isNewer = [
    'attribute_not_exists(#rank)',
    '#rank < :age AND attribute_not_exists(#snapshot.#updated)',
    '#rank < :age AND #snapshot.#updated < :current',
  ];
  const isAfterAnswer = ['attribute_not_exists(#asked)', '#asked < :received'];
  return {
    condition: isNewer.flatMap((one) => isAfterAnswer.map((other) => `${one} AND ${other}`)).join(' OR '),
    names: {
      '#rank': PAYLOAD.rank,
      '#snapshot': PAYLOAD.snapshot,
      '#updated': STORED_UPDATED_AT,
      '#asked': REPLACES_UNTIL,
    },
    values: {
      ':age': ageOf(rank),
      // Sorts after the stamp itself.
      ':current': `${currentUntil(rank)}~`,
      ':received': stampOf(receivedAt),
    },
  };
};

/**
 * Joins the facts of an order's webhook into the order's item. Takes one request if the facts are newer than the stored ones, or
 * known. Takes more if they are older but hold something new, if no webhook showed their newest event, if another webhook as
 * new has other content, or if they say that the results are critical.
 */
export async function writeOrder(
  table: Table,
  facts: OrderFacts,
  arrival: Arrival | null = null,
): Promise<WriteOutcome> {
  return withCriticalResult(table, facts, 'webhook', await joinPayload(table, facts, 'webhook', arrival));
}

/** The outcome of a write, after what the facts say of a critical result is stored too. */
export async function withCriticalResult(
  table: Table,
  { id, critical, receivedAt }: OrderFacts,
  by: Source,
  outcome: WriteOutcome,
): Promise<WriteOutcome> {
  if (!critical) return outcome;
  // After the order itself: before its first payload, the order would be alone in a transaction.
  const written = await writeCriticalResult(table, id, critical, receivedAt, by);
  return outcome === 'applied' || written === 'duplicate' ? outcome : 'merged';
}

/** Joins a payload that only adds: a webhook, or an answer without events. */
export async function joinPayload(
  table: Table,
  facts: OrderFacts,
  by: Source,
  arrival: Arrival | null,
): Promise<WriteOutcome> {
  const common = { by, initialize: initialAttributes(facts, arrival) } as const;
  const { transactionId } = facts;
  const replace = {
    ...payloadAttributes(facts),
    ...ofNewestPayload(statementsOf(facts, transactionId), facts.snapshot.user_id),
  };
  const initialize = { ...common.initialize, ...(transactionId !== null && { [FIRST_HOME]: transactionId }) };
  const held = await changeOrder(
    table,
    facts.id,
    { by, add: setsOf(facts, transactionId), replace, initialize, remove: [PAYLOAD.rivalAt] },
    both(
      both(newerPayload(facts), namesFirstHome(transactionId)),
      leavesOutNothing(replace, facts.snapshot.user_id),
    ),
  );
  if (held === null) return 'applied';
  if (await addLateFacts(table, facts, common, held)) return 'merged';
  // Any write ends a discard.
  if (discardIn(held)) {
    await changeOrder(table, facts.id, { by });
    return 'merged';
  }
  if (arrival?.by === 'webhook' && !(arrivalAttribute(arrival) in held)) {
    await storeQuietly(table, facts.id, arrivalAttribute(arrival), arrivalTime(arrival));
  }
  if (held.rank !== facts.rank) return 'superseded';
  const receivedAt = stampOf(facts.receivedAt);
  // A repetition some minutes later may follow an answer that is not stored yet.
  if (textAt(held, PAYLOAD.receivedAt) < stampOf(later(facts.receivedAt, -LAG))) {
    await storeReceipt(table, facts, receivedAt);
  }
  return 'duplicate';
}

/** What the first payload of an order, or of one of its events, sets. */
export function initialAttributes(facts: OrderFacts, arrival: Arrival | null): Item {
  const { by = 'webhook', at = facts.receivedAt } = arrival ?? {};
  const arrived = [arrival, arrivalOfDates(facts.snapshot, by, at)].filter((one) => one !== null);
  return {
    [WAS_PROVISIONAL]: facts.transactionId === null,
    [HEARD_AT]: secondsOf(facts.receivedAt),
    ...receiptsOf(facts),
    ...Object.fromEntries(arrived.map((one) => [arrivalAttribute(one), arrivalTime(one)])),
  };
}

/** The fields that are kept if a newer webhook leaves them out. @param home the order's first transaction */
export function statementsOf(facts: OrderFacts, home: string | null): Readonly<Record<string, string>> {
  const { rank, transactionId, clientUser, snapshot } = facts;
  return {
    ...(snapshot.missing_results.length > 0 && {
      [STATEMENTS.missing]: encodeMissingResults(rank, snapshot.missing_results),
    }),
    ...(transactionId !== null && {
      [STATEMENTS.own]: encodeClaim({ rank, transaction_id: transactionId }, home),
    }),
    ...(clientUser !== null && { [STATEMENTS.client]: encodeClientUser(rank, clientUser) }),
  };
}

/** Statements as they are stored beside the payload that makes them: without what nearly every payload repeats. */
function ofNewestPayload(
  { own, client, ...others }: Readonly<Record<string, string>>,
  userId: string | null,
): Readonly<Record<string, string>> {
  return {
    ...others,
    ...(own !== undefined && { [STATEMENTS.own]: withoutRank(own) }),
    ...(client !== undefined && { [STATEMENTS.client]: withoutUser(client, userId) }),
  };
}

/** The ordinary case: the webhook has the parts of the payload without which the stored statements are not whole. */
function leavesOutNothing(stated: Item, userId: string | null): Guard | null {
  const { own, client } = STATEMENTS;
  const isClaimless = {
    condition: 'attribute_not_exists(#own)',
    names: { '#own': own },
    values: {},
  };
  const hasUser = {
    condition: `attribute_not_exists(#client) OR ${userId === null ? 'attribute_not_exists(#snapshot.#user)' : '#snapshot.#user = :user'}`,
    names: { '#client': client, '#snapshot': PAYLOAD.snapshot, '#user': STORED_USER },
    values: userId === null ? {} : { ':user': userId },
  };
  const guards = [...(own in stated ? [] : [isClaimless]), ...(client in stated ? [] : [hasUser])];
  return guards.reduce<Guard | null>((first, guard) => both(guard, first), null);
}

/**
 * Joins the parts of an older webhook that the item, read as `held`, lacks.
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
    const add = lacking(item, facts);
    const { replace = {}, remove = [] } = lateAttributes(item, facts);
    if (Object.keys(add).length + Object.keys(replace).length === 0) return item !== held;
    // Unions need no condition; replacements do.
    const guard = Object.keys(replace).length > 0 ? unchangedSince(item) : undefined;
    item = await changeOrder(table, facts.id, { ...common, add, replace, remove }, guard);
  }
  return true;
}

/** The attributes that a webhook replaces although it lost against the item: the statements that are newer there, or its rival's. */
function lateAttributes(item: Item, facts: OrderFacts): Pick<OrderChange, 'replace' | 'remove'> {
  const received = stampOf(facts.receivedAt);
  const statements = statementsOf(facts, firstHomeOf(item));
  // The answer replaces it. Only what the answer may leave out is kept.
  if (textAt(item, REPLACES_UNTIL) >= received) {
    const kept = (item[KEPT_STATEMENTS] as Item | undefined) ?? {};
    const newest = newestOf(kept, statements);
    return Object.keys(statements).some((name) => newest[name] !== kept[name])
      ? { replace: { [KEPT_STATEMENTS]: newest } }
      : {};
  }
  const held = textAt(item, PAYLOAD.rank);
  const isNewest = held < facts.rank;
  const isAsNew = ageOf(facts.rank) === ageOf(held) && held !== facts.rank;
  const isTakenBack = isNewest ? takesBack(held, facts.rank) : takesBack(facts.rank, held);
  const isRival = isAsNew || isTakenBack;
  const stated = statementsIn(item);
  const newer = Object.entries(statements).filter(
    ([name, value]) => isNewest || textAt(stated, name) < value,
  );
  // What is stored without its rank gets it before another payload comes beside it.
  const replace = {
    ...(isNewest && { ...stated, ...payloadAttributes(facts) }),
    ...Object.fromEntries(newer),
  };
  if (!isRival) return { replace, remove: isNewest ? [PAYLOAD.rivalAt] : [] };
  const rival = latest([textAt(item, PAYLOAD.rivalAt), textAt(item, PAYLOAD.receivedAt), received]);
  return { replace: { ...replace, ...(rival !== item[PAYLOAD.rivalAt] && { [PAYLOAD.rivalAt]: rival }) } };
}

/** Stores a later receipt of the webhook in the register. It changes nothing about the order, as `storeQuietly`. */
async function storeReceipt(table: Table, { id, rank }: OrderFacts, receivedAt: string): Promise<void> {
  await storeQuietly(table, id, PAYLOAD.receivedAt, receivedAt, {
    condition: '#rank = :rank AND #stored < :value',
    names: { '#rank': PAYLOAD.rank },
    values: { ':rank': rank },
  });
}
