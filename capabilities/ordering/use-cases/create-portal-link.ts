import { userId } from '../../../core/domain/order/order-record.ts';
import type { PortalContext } from '../../../core/domain/order/portal-context.ts';
import { isUuid } from '../../../core/junction/fields.ts';
import { findOrder } from '../../../core/use-cases/team-visibility.ts';
import { JunctionRefused } from '../junction/refused.ts';
import type { OrderingContext } from './ordering-context.ts';
import { OrderingRefused } from './refusals.ts';

/**
 * Creates a link to Junction's portal for the patient of an order. Anyone who has it can sign in, so it is only passed on.
 *
 * @throws OrderingRefused, OrderNotFound
 */
export async function createPortalLink(
  context: OrderingContext,
  orderId: string,
  use: PortalContext,
): Promise<{ readonly url: string; readonly expires_in: number | null }> {
  const record = await findOrder(context, orderId);
  const user = userId(record);
  if (user === null)
    throw new OrderingRefused('conflict', 'Junction did not say which patient this order belongs to.');
  if (!isUuid(user)) throw new OrderingRefused('conflict', 'The ID of the patient is not one of Junction.');
  try {
    return await context.junction.portalLink(user, record.id, use);
  } catch (error) {
    if (error instanceof JunctionRefused) throw new OrderingRefused('conflict', whyNot(error));
    throw error;
  }
}

/**
 * What Junction says itself could quote the patient, who is not known here.
 * https://docs.junction.com/api-reference/user/create-portal-url
 */
const whyNot = ({ status }: JunctionRefused): string =>
  status === 422
    ? 'Junction refused the link, because its portal needs the demographics of the user.'
    : 'Junction refused the link. Its portal may not be available to your team.';
