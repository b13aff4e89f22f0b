import type { OrderFacts } from '../domain/order/order-record.ts';

/** What a request is about. Null: not asked for, or not known. */
export interface Subject {
  readonly orderId?: string | null;
  readonly userId?: string | null;
  readonly teamId?: string | null;
  readonly labTestId?: string | null;
}

/**
 * Whether an answer is about what was asked. A cache between can give the answer to another request. What the answer does not say
 * does not count against it.
 */
export function isAbout(
  asked: Subject,
  { id, snapshot: { user_id, team_id, lab_test } }: Pick<OrderFacts, 'id' | 'snapshot'>,
): boolean {
  return (
    isSame(asked.orderId, id) &&
    isSame(asked.userId, user_id) &&
    isSame(asked.teamId, team_id) &&
    isSame(asked.labTestId, lab_test?.id)
  );
}

/** Whether an answered id is the one that was asked for. UUIDs are case-insensitive. */
export function isSame(asked: string | null | undefined, answered: string | null | undefined): boolean {
  return asked == null || answered == null || asked.toLowerCase() === answered.toLowerCase();
}
