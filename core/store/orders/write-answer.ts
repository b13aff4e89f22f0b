import { later, stampOf } from '../../domain/instant.ts';
import { arrivalOf } from '../../domain/order/arrivals.ts';
import type { OrderFacts } from '../../domain/order/order-record.ts';
import { LAG } from '../../domain/order/registers.ts';
import type { WriteOutcome } from '../../domain/webhook-outcomes.ts';
import type { Item, Table } from '../table.ts';
import { changeOrder, type OrderChange, unchangedSince } from './change-order.ts';
import { lacking } from './order-item.ts';
import {
  ANSWER,
  encodeAnswer,
  firstHomeOf,
  KEPT_STATEMENTS,
  newestOf,
  PAYLOAD,
  REPLACES_UNTIL,
  statementsIn,
  textAt,
} from './order-registers.ts';
import { readOrderAttributes } from './read-order.ts';
import { initialAttributes, joinPayload, statementsOf, withCriticalResult } from './write-order.ts';

/**
 * Stores an answer of Junction about an order; `receivedAt` of its facts is when Junction was asked. The newest answer
 * replaces every webhook that was received before it. An older one only adds its events.
 */
export async function writeAnswer(table: Table, facts: OrderFacts): Promise<WriteOutcome> {
  return withCriticalResult(table, facts, 'api', await joinAnswer(table, facts));
}

async function joinAnswer(table: Table, facts: OrderFacts): Promise<WriteOutcome> {
  const arrival = arrivalOf(facts.events, 'api', facts.receivedAt);
  // Such an answer takes nothing back.
  if (facts.events.length + facts.futureEvents.length === 0) return joinPayload(table, facts, 'api', arrival);
  const common = { by: 'api', initialize: initialAttributes(facts, arrival) } as const;
  for (;;) {
    const item = await readOrderAttributes(table, facts.id);
    const add = lacking(item, facts);
    const { replace = {}, remove = [] } = replacement(facts, item);
    if (Object.keys(add).length + Object.keys(replace).length === 0) return 'superseded';
    const change = { ...common, add, replace, remove };
    const conflict = await changeOrder(table, facts.id, change, unchangedSince(item));
    if (conflict === null) return ANSWER in replace ? 'applied' : 'merged';
  }
}

function isNewest({ receivedAt, rank }: OrderFacts, item: Item): boolean {
  const held = item[ANSWER] as Item | undefined;
  if (!held) return true;
  const at = stampOf(receivedAt);
  return textAt(held, 'at') < at || (held.at === at && textAt(held, 'rank') < rank);
}

/**
 * The answer, without the webhooks that it replaces. What they stated stays, and what older answers stated, because an answer
 * can leave that out.
 */
function replacement(facts: OrderFacts, item: Item): Pick<OrderChange, 'replace' | 'remove'> {
  const replaces = isNewest(facts, item);
  const until = stampOf(later(facts.receivedAt, -LAG));
  const isReplaced = replaces && PAYLOAD.rank in item && textAt(item, PAYLOAD.receivedAt) <= until;
  const stated = isReplaced ? statementsIn(item) : {};
  const present = isReplaced ? Object.values(PAYLOAD).filter((name) => name in item) : [];
  const kept = (item[KEPT_STATEMENTS] as Item | undefined) ?? {};
  const newest = newestOf(newestOf(kept, stated), statementsOf(facts, firstHomeOf(item)));
  const isKept = Object.keys(newest).every((name) => newest[name] === kept[name]);
  return {
    replace: {
      ...(replaces && { [ANSWER]: encodeAnswer(facts), [REPLACES_UNTIL]: until }),
      ...(!isKept && { [KEPT_STATEMENTS]: newest }),
    },
    remove: [...present, ...Object.keys(stated)],
  };
}
