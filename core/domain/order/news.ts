import { unconfirmedEnd } from './confirmation.ts';
import { isChanged, isRewritten } from './contradiction.ts';
import { bringsCriticalResult } from './critical-result.ts';

import { claimedTransaction } from './membership.ts';
import { isListed } from './order-event.ts';
import type { OrderFacts, OrderRecord } from './order-record.ts';

/**
 * Whether Junction's answer changes anything about the order's record, or settles what waits for it. The same facts in another
 * form do not count: a poll of many orders must not rewrite known facts.
 */
export function hasNews(facts: OrderFacts, record: OrderRecord | null): boolean {
  if (record?.discarded) return true;
  if (!record?.snapshot || bringsCriticalResult(facts.critical, record)) return true;
  if (record.questionAt !== null || unconfirmedEnd(record) !== null) return true;
  if (hasOtherEvents(facts, record)) return true;
  const moves = facts.transactionId !== null && facts.transactionId !== claimedTransaction(record);
  return moves || isChanged(facts.snapshot, record.snapshot);
}

/** Whether the answer has an event that is not counted, has it otherwise, or lacks one. Without events it says nothing. */
function hasOtherEvents({ events }: OrderFacts, record: OrderRecord): boolean {
  if (events.length === 0) return false;
  const areKnown = events.every((event) => isListed(event, record.events));
  const areListed = record.events.every((event) => isListed(event, events));
  return !areKnown || !areListed || isRewritten(events, record.events);
}
