/** The ordering routes on the real engine, against the sandbox. */

import { type Asked, QueryApi, type QueryApiOptions } from '../../../../test/core/api/scene/query-api.ts';
import { orderRequest as ofUser, orderingUser } from '../../../../test/order-request.ts';
import { LAB_TESTS } from '../../../../tools/sandbox/junction/ordering/lab-catalogue.ts';
import {
  SANDBOX_API_KEY,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../../../tools/sandbox/server.ts';

export interface OrderingWorld {
  readonly api: QueryApi;
  readonly sandbox: Sandbox;
  /** Where Junction is, and the key for it. */
  readonly junction: { readonly baseUrl: string; readonly apiKey: string };
  /** Places an order with the key. */
  place(key: string, body?: unknown): Promise<Asked>;
  /** Places an order that can be booked, of a new user by default, and gets keys of free slots that no other order got. */
  bookable(method?: keyof typeof REQUISITION, user?: string, address?: object): Promise<BookableOrder>;
  /** Moves an order to a status at Junction, without a webhook. */
  simulate(orderId: string, status: string): Promise<void>;
  /** Cancels an order at Junction, without a webhook. */
  cancelAtJunction(orderId: string): Promise<void>;
  /** Junction does what it is asked to, and its next answers are unreadable. */
  loseAnswers(route: string, times: number): void;
  /** The orders of a user, as Junction lists them. */
  ordersOf(userId: string): Promise<unknown[]>;
  close(): Promise<void>;
}

interface BookableOrder {
  readonly id: string;
  readonly user: string;
  readonly free: Asked['json'];
  readonly keys: readonly string[];
}

const REQUISITION = {
  walk_in_test: 'received.walk_in_test.requisition_created',
  at_home_phlebotomy: 'received.at_home_phlebotomy.requisition_created',
};

/** The first lab test of this method in the sandbox's catalogue. */
const labTestOf = (method: string): string => LAB_TESTS.find((one) => one.method === method)?.id ?? '';

let users = 0;

/** A request that Junction accepts, of a user of its own. */
export function orderRequest(method = 'walk_in_test', patient: object = {}, address: object = {}) {
  users += 1;
  return ofUser(orderingUser(users), labTestOf(method), { patient, address });
}

export async function openOrderingWorld(
  options: QueryApiOptions = {},
  fault?: SandboxOptions['fault'],
): Promise<OrderingWorld> {
  const sandbox = await startSandbox(fault ? { fault } : {});
  const junction = { baseUrl: sandbox.url, apiKey: SANDBOX_API_KEY };
  const api = await QueryApi.open({ junction, timeLeft: 20_000, ...options });
  const atJunction = async (method: string, path: string): Promise<unknown> => {
    const answer = await fetch(`${sandbox.url}${path}`, {
      method,
      headers: { 'x-vital-api-key': SANDBOX_API_KEY },
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}`);
    return answer.json();
  };
  const place = (key: string, body: unknown = orderRequest()) =>
    api.ask('POST', '/v1/orders', { body, headers: { 'idempotency-key': key } });
  const simulate = async (id: string, status: string) =>
    void (await atJunction('POST', `/v3/order/${id}/test?final_status=${status}&delay=0`));
  let given = 0;
  return {
    api,
    sandbox,
    junction,
    place,
    simulate,
    bookable: async (method = 'at_home_phlebotomy', user, address = {}) => {
      const request = { ...orderRequest(method, {}, address), ...(user && { user_id: user }) };
      given += 3;
      const { json } = await place(`bookable-${given}`, request);
      const { id } = json.order as { id: string };
      await simulate(id, REQUISITION[method]);
      const { json: free } = await api.ask('GET', `/v1/orders/${id}/appointment/availability`);
      const days = free.slots as unknown as { slots: { booking_key: string }[] }[];
      const keys = days.flatMap(({ slots }) => slots.map((one) => one.booking_key)).slice(given);
      return { id, user: request.user_id, free, keys };
    },
    cancelAtJunction: async (id) => void (await atJunction('POST', `/v3/order/${id}/cancel`)),
    loseAnswers: (route, times) => void sandbox.faults.add({ fault: 'malformed_json', route, times }),
    ordersOf: async (userId) =>
      ((await atJunction('GET', `/v3/orders?user_id=${userId}`)) as { orders: unknown[] }).orders,
    close: async () => {
      await sandbox.close();
      await api.close();
    },
  };
}
