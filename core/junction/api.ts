import { LabTestsClient } from '@junction-api/sdk/labTests';
import { OrderTransactionClient } from '@junction-api/sdk/orderTransaction';
import * as z from 'zod/mini';
import type { Instant } from '../domain/instant.ts';
import type { AppointmentFacts, MissingResult, OrderFacts } from '../domain/order/order-record.ts';
import type { Digest } from '../domain/order/rank.ts';
import { appointmentFacts, appointmentPayload } from './appointment-payload.ts';
import { Asking, type AskingOptions, undocumented } from './asking.ts';
import { instant, listOf, openEnum, orNull, uuid } from './fields.ts';
import { areTooManyMarkers, missingResult, orderFacts, orderPayload } from './order-payload.ts';

/** An order as Junction's list of a transaction's orders shows it. */
export interface ListedOrder {
  readonly id: string;
  readonly status: string | null;
  readonly status_at: Instant | null;
}

/** A page of Junction's list of orders. */
export interface OrdersPage {
  /** The orders by their id, with what they state as far as it can be read; null where it can't. */
  readonly orders: readonly { readonly id: string; readonly facts: OrderFacts | null }[];
  readonly last: boolean;
}

const listedOrder = z.object({
  id: uuid,
  last_status: orNull(openEnum),
  last_status_created_at: orNull(instant),
  low_level_status: orNull(openEnum),
  low_level_status_created_at: orNull(instant),
});

// A list that is absent where it must be present is another answer than documented, and not an empty list.
const transactionAnswer = z.object({ id: uuid, orders: z.array(listedOrder) });

const resultAnswer = z.object({ metadata: z.object({}), missing_results: listOf(missingResult) });

const count = z.nullish(z.int().check(z.nonnegative()));
// Each order is read by itself: one that can't be read must not hide the others of its page.
const ordersAnswer = z.object({
  orders: z.array(z.looseObject({ id: uuid })),
  total: count,
  size: count,
});

const NOBODY = { user_id: null, client_user_id: null, team_id: null };
const ORDERS_A_PAGE = 100;
const A_FEW = 10;
/** What of appointments is documented leaves open how an order without one is answered for. */
const NO_APPOINTMENT = new Set([400, 404, 422]);

/** Junction's API, as far as it is asked. Everything throws JunctionUnavailable where there is no answer of use. */
export class JunctionApi {
  readonly #asking: Asking;

  constructor(options: AskingOptions) {
    this.#asking = new Asking(options);
  }

  /**
   * The facts an order states now; null where Junction knows no such order. Facts that are to be the last word stand
   * above a webhook's that only differ in what Junction makes of them.
   */
  async order(
    id: string,
    now: Instant,
    digest: Digest,
    { lastWord }: { lastWord: boolean },
  ): Promise<OrderFacts | null> {
    const payload = await this.#asking.ask(orderPayload, (options) =>
      new LabTestsClient(options).getOrder({ orderId: id }),
    );
    if (payload) assertAbout(id, payload.id);
    return payload && orderFacts(payload, NOBODY, now, digest, lastWord ? now : null);
  }

  /**
   * A page, from 1, of the orders that changed at or after a time, the oldest first. None leaves the list while its pages
   * are read, and one that joins it only moves others further back: some may be read twice, none is missed in between.
   */
  async ordersChangedSince(since: Instant, page: number, now: Instant, digest: Digest): Promise<OrdersPage> {
    const answer = await this.#asking.ask(ordersAnswer, (options) =>
      new LabTestsClient(options).getOrders({
        updatedStartDate: new Date(since),
        orderKey: 'created_at',
        orderDirection: 'asc',
        page,
        size: ORDERS_A_PAGE,
      }),
    );
    if (!answer) throw undocumented();
    const before = (page - 1) * (answer.size || ORDERS_A_PAGE);
    return {
      orders: answer.orders.map((listed) => {
        const { data } = orderPayload.safeParse(listed);
        return { id: listed.id, facts: data ? orderFacts(data, NOBODY, now, digest) : null };
      }),
      last:
        answer.orders.length === 0 || (answer.total != null && before + answer.orders.length >= answer.total),
    };
  }

  /** The ids of the newest orders, a few. */
  async newestOrders(): Promise<string[]> {
    const answer = await this.#asking.ask(ordersAnswer, (options) =>
      new LabTestsClient(options).getOrders({ orderKey: 'created_at', orderDirection: 'desc', size: A_FEW }),
    );
    if (!answer) throw undocumented();
    return answer.orders.map(({ id }) => id);
  }

  /** The appointment of a walk-in order as it stands now; null where it has none. */
  async appointment(orderId: string, now: Instant, digest: Digest): Promise<AppointmentFacts | null> {
    const payload = await this.#asking.ask(
      appointmentPayload,
      (options) => new LabTestsClient(options).getPscAppointment({ orderId }),
      NO_APPOINTMENT,
    );
    if (payload) assertAbout(orderId, payload.order_id);
    return payload && appointmentFacts(payload, now, digest);
  }

  /** The orders of a transaction; null where Junction knows no such transaction. */
  async transactionOrders(id: string): Promise<ListedOrder[] | null> {
    const answer = await this.#asking.ask(transactionAnswer, (options) =>
      new OrderTransactionClient(options).getTransaction({ transactionId: id }),
    );
    if (answer) assertAbout(id, answer.id);
    return (
      answer?.orders.map((order) => ({
        id: order.id,
        status: order.last_status ?? order.low_level_status,
        status_at: order.last_status_created_at ?? order.low_level_status_created_at,
      })) ?? null
    );
  }

  /**
   * The markers a transaction's results miss; null where it has no results yet, or more miss than an item holds. Nothing
   * else of them is kept.
   */
  async missingResults(id: string): Promise<MissingResult[] | null> {
    const answer = await this.#asking.ask(resultAnswer, (options) =>
      new OrderTransactionClient(options).getTransactionResult({ transactionId: id }),
    );
    if (!answer || areTooManyMarkers(answer.missing_results)) return null;
    return answer.missing_results.map(({ inferred_failure_type, ...marker }) => ({
      ...marker,
      failure_type: inferred_failure_type,
    }));
  }
}

/** What is told of another than what was asked about is not to be trusted. */
function assertAbout(asked: string, told: string): void {
  if (asked.toLowerCase() !== told) throw undocumented();
}
