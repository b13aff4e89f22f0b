import { retryOnConflict } from '../../concurrency/retry.ts';
import { type Caller, isSameCaller } from '../../domain/caller.ts';
import { type Instant, parseInstant } from '../../domain/instant.ts';
import {
  acknowledgedUntil,
  type CriticalAcknowledgement,
  type CriticalNotice,
  criticalState,
  latestCriticalAt,
} from '../../domain/order/critical-result.ts';
import type { OrderRecord } from '../../domain/order/order-record.ts';
import { RequestRefused } from '../../domain/request-refused.ts';
import { writeCriticalAcknowledgement } from '../../store/orders/critical-results.ts';
import { readOrder } from '../../store/orders/read-order.ts';
import type { Projection } from '../recompute.ts';
import { isOrderShown, type TeamContext } from '../team-visibility.ts';

/** There is no such order, it belongs to another team, or it has no critical result. */
class CriticalResultNotFound extends RequestRefused {
  override readonly name = 'CriticalResultNotFound';
  override readonly kind = 'not_found';
  readonly orderId: string;

  constructor(orderId: string) {
    super('There is no order with this ID that has a critical result.');
    this.orderId = orderId;
  }
}

/** The critical result is acknowledged already: by somebody else, or as told to somebody else. */
class AlreadyAcknowledged extends RequestRefused {
  override readonly name = 'AlreadyAcknowledged';
  override readonly kind = 'conflict';

  constructor({ by, at }: CriticalAcknowledgement) {
    super(`${by} acknowledged the critical result at ${at}. Nothing was changed.`);
  }
}

/** Junction has reported a critical result that the caller has not seen. */
class LaterCriticalResult extends RequestRefused {
  override readonly name = 'LaterCriticalResult';
  override readonly kind = 'conflict';

  constructor(latestAt: Instant) {
    super(`Junction reported a later critical result at ${latestAt}. Nothing was changed.`);
  }
}

export interface CriticalAcknowledgementRequest {
  readonly by: string;
  readonly caller: Caller;
  /** The time of the latest report that the caller has seen; null to acknowledge whatever is stored. */
  readonly latestAt: Instant | null;
  readonly notice: CriticalNotice;
}

/**
 * Acknowledges the critical result of an order. Repeating an acknowledgement changes nothing. A report that arrives at the
 * same time is not acknowledged without being seen if the request has `latestAt`.
 *
 * @returns the order's record
 * @throws CriticalResultNotFound
 * @throws LaterCriticalResult
 * @throws AlreadyAcknowledged
 */
export async function acknowledgeCriticalResult(
  { table, pause }: Pick<Projection, 'table' | 'pause'>,
  shown: TeamContext,
  orderId: string,
  request: CriticalAcknowledgementRequest,
  now: Date,
): Promise<OrderRecord> {
  const at = parseInstant(now.toISOString()) ?? '';
  let result: OrderRecord | undefined;
  await retryOnConflict(pause, async () => {
    const record = await readOrder(table, orderId);
    if (!record || criticalState(record) === null || !(await isOrderShown(shown, record))) {
      throw new CriticalResultNotFound(orderId);
    }
    const acknowledgement = acknowledgementOf(record, request, at);
    result = record;
    if (acknowledgement === null) return 'written';
    result = { ...record, criticalOpenedAt: null, criticalAcknowledgement: acknowledgement };
    return writeCriticalAcknowledgement(table, record, acknowledgement);
  });
  if (!result) throw new Error('the order was not read');
  return result;
}

/** The acknowledgement to store; null if it is stored already. */
function acknowledgementOf(
  { criticalResults, criticalOpenedAt: opened_at, criticalAcknowledgement: known }: OrderRecord,
  { by, caller, latestAt, notice }: CriticalAcknowledgementRequest,
  at: Instant,
): CriticalAcknowledgement | null {
  const latest = latestCriticalAt(criticalResults);
  if (latestAt !== null && latest !== null && latest > latestAt) throw new LaterCriticalResult(latest);
  if (opened_at !== null) {
    return { by, at, caller, ...notice, opened_at, until: acknowledgedUntil(criticalResults, at) };
  }
  if (known && !(known.by === by && isSameCaller(known.caller, caller) && isSameNotice(known, notice))) {
    throw new AlreadyAcknowledged(known);
  }
  return null;
}

function isSameNotice(known: CriticalNotice, { told, channel, read_back }: CriticalNotice): boolean {
  return known.told === told && known.channel === channel && known.read_back === read_back;
}
