/** The answers of Junction's API that the product stored. It need not have asked at the right time. */
import { parseInstant } from '../../core/domain/instant.ts';
import { digest } from '../../core/junction/digest.ts';
import { orderFacts, orderPayload } from '../../core/junction/order-payload.ts';
import { readOrderItem } from '../../core/store/orders/order-item.ts';
import { isOfKind } from '../../core/store/table-layout.ts';
import type { Attributes } from '../memory-table/expressions.ts';
import type { Delivery } from '../oracle/reading/facts.ts';
import type { History } from './history.ts';

const NOBODY = { user_id: null, client_user_id: null, team_id: null };

/** Those whose rank a register of an order's item has, with the transaction that led to the request. */
export function takenAnswers({ junction, memory, sweptAt }: History): Delivery[] {
  const held = new Map([...memory.items.values()].flatMap(ranksIn));
  return [...sweptAt]
    .flatMap((at) => junction.answers(at))
    .flatMap((answer) => {
      const claimed = held.get(rankOf(answer));
      if (claimed === undefined) return [];
      return [claimed === null ? answer : { ...answer, askedFor: claimed }];
    });
}

/** The ranks in an order's record, each with the transaction that it claims, if any. */
function ranksIn(item: Attributes): [rank: string, claimed: string | null][] {
  if (!isOfKind('ORDER', item.sk)) return [];
  const { own } = readOrderItem(item).claims;
  const others = [item.rank, item.client, item.missing_results].map(
    (register) => String(register).split(' ')[0] ?? '',
  );
  return [
    ...others.map((rank): [string, null] => [rank, null]),
    ...(own ? [[own.rank, own.transaction_id] as [string, string]] : []),
  ];
}

function rankOf({ body, receivedAt }: Delivery): string {
  const now = parseInstant(receivedAt) ?? '';
  return orderFacts(orderPayload.parse(JSON.parse(body)), NOBODY, now, digest).rank;
}
