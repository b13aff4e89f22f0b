import { appointmentFacts, appointmentPayload } from '../../../../../core/junction/appointment-payload.ts';
import type { JunctionClient } from '../../../../../core/junction/client.ts';
import { orderFacts, orderPayload } from '../../../../../core/junction/order-payload.ts';
import { readOrThrow } from '../../../../../core/reading/reading.ts';
import { readOrderQuery } from '../../../../../tools/sandbox/api/order-query.ts';
import type { Junction } from '../../../../../tools/sandbox/junction/junction.ts';
import { instant } from './tracker.ts';

const PAGE = 100;
const NOBODY = { user_id: null, client_user_id: null, team_id: null };

/**
 * The answers of the API client on this sandbox without HTTP: every answer comes when `turn` decides and not when the
 * network does. The other tests cover the client itself.
 */
export function inProcessApi(
  junction: Junction,
  turn: () => Promise<void> = async () => undefined,
): JunctionClient {
  const api: Pick<
    JunctionClient,
    'order' | 'newestOrders' | 'ordersChangedSince' | 'appointment' | 'transactionOrders' | 'missingResults'
  > = {
    order: async (id) => {
      const now = instant(new Date(junction.now() / 1_000).toISOString());
      await turn();
      const order = junction.order(id);
      return order && orderFacts(readOrThrow(orderPayload, order), NOBODY, now);
    },
    newestOrders: async () => {
      await turn();
      const query = new URLSearchParams({ order_direction: 'desc' });
      return junction
        .page(readOrderQuery(query).filter, 1, 10)
        .orders.map(({ id, team_id }) => ({ id, team_id }));
    },
    ordersChangedSince: async (since, page) => {
      const now = instant(new Date(junction.now() / 1_000).toISOString());
      await turn();
      const query = new URLSearchParams({ updated_start_date: since, order_direction: 'asc' });
      const { orders, total } = junction.page(readOrderQuery(query).filter, page, PAGE);
      return {
        orders: orders.map((order) => ({
          id: order.id,
          facts: orderFacts(readOrThrow(orderPayload, order), NOBODY, now),
        })),
        last: page * PAGE >= total,
        total,
      };
    },
    appointment: async (_, orderId) => {
      const now = instant(new Date(junction.now() / 1_000).toISOString());
      await turn();
      const booked = junction.appointment(orderId);
      return booked && appointmentFacts(readOrThrow(appointmentPayload, booked), now);
    },
    transactionOrders: async (id) => {
      await turn();
      const found = junction.transaction(id);
      if (!found) return null;
      return (found.orders ?? []).map((order) => ({
        id: order.id,
        status: order.last_status ?? null,
        status_at: instant(order.last_status_created_at ?? ''),
      }));
    },
    missingResults: async ({ orderId, transactionId }) => {
      await turn();
      const results =
        orderId === null ? junction.transactionResults(transactionId) : junction.results(orderId);
      return (
        results &&
        (results.missing_results ?? []).map(({ name, slug, inferred_failure_type, loinc }) => ({
          name,
          slug,
          failure_type: inferred_failure_type,
          loinc: loinc ?? null,
        }))
      );
    },
  };
  return api as JunctionClient;
}
