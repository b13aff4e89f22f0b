/** Asks the sandbox's API without HTTP, and holds every answer to the schema that the official SDK has for its route. */
import * as sdk from '@junction-api/sdk/serialization';
import { expect } from 'vitest';
import { orderRequest } from '../../../test/order-request.ts';
import { type ApiAnswer, answered } from '../api/api.ts';
import { answerOf, type RouteName } from '../api/routes.ts';
import { type Journey, journey } from '../journeys/journeys.ts';
import { type Junction, junction } from '../junction/junction.ts';
import type { OutgoingWebhook } from '../junction/live-stories.ts';

interface Schema {
  parse(raw: unknown): { ok: boolean };
}

/** What is not JSON, or has no schema in the SDK. */
const PDF = 'application/pdf';
const ANYTHING: Schema = { parse: () => ({ ok: true }) };

const settings = sdk.GetOrderCommunicationSettingsResponse;
const listOf = (schema: Schema): Schema => ({
  parse: (raw) => ({ ok: Array.isArray(raw) && raw.every((one) => schema.parse(one).ok) }),
});

export const SCHEMAS: Record<Exclude<RouteName, 'unknown'>, Schema | typeof PDF> = {
  'GET /v3/lab_tests': listOf(sdk.ClientFacingLabTest),
  'GET /v3/lab_test/lab_account': sdk.GetTeamLabAccountsResponse,
  'GET /v3/lab_tests/labs': listOf(sdk.ClientFacingLab),
  'GET /v3/lab_tests/{lab_test_id}': sdk.ClientFacingLabTest,
  'POST /v2/user/{user_id}/insurance': sdk.ClientFacingInsurance,
  'POST /v2/user/{user_id}/create_portal_url': sdk.CreateUserPortalUrlResponse,
  'GET /v3/order/area/info': sdk.AreaInfo,
  'GET /v3/order/psc/info': sdk.PscInfo,
  'GET /v3/order/{order_id}/psc/info': sdk.PscInfo,
  'POST /v3/order/phlebotomy/appointment/availability': sdk.AppointmentAvailabilitySlots,
  'GET /v3/order/phlebotomy/appointment/cancellation-reasons': listOf(
    sdk.ClientFacingAppointmentCancellationReason,
  ),
  'GET /v3/order/psc/appointment/cancellation-reasons': listOf(sdk.ClientFacingAppointmentCancellationReason),
  'POST /v3/order/psc/appointment/availability': sdk.AppointmentAvailabilitySlots,
  'POST /v3/order/{order_id}/phlebotomy/appointment/book': sdk.ClientFacingAppointment,
  'POST /v3/order/{order_id}/phlebotomy/appointment/request': sdk.ClientFacingAppointment,
  'PATCH /v3/order/{order_id}/phlebotomy/appointment/reschedule': sdk.ClientFacingAppointment,
  'PATCH /v3/order/{order_id}/phlebotomy/appointment/cancel': sdk.ClientFacingAppointment,
  'GET /v3/order/{order_id}/phlebotomy/appointment': sdk.ClientFacingAppointment,
  'POST /v3/order/{order_id}/psc/appointment/book': sdk.ClientFacingAppointment,
  'PATCH /v3/order/{order_id}/psc/appointment/reschedule': sdk.ClientFacingAppointment,
  'PATCH /v3/order/{order_id}/psc/appointment/cancel': sdk.ClientFacingAppointment,
  'GET /v3/order/{order_id}/psc/appointment': sdk.ClientFacingAppointment,
  'POST /v3/order': sdk.PostOrderResponse,
  'POST /v3/order/resend_events': sdk.ResendWebhookResponse,
  'GET /v3/orders': sdk.GetOrdersResponse,
  'GET /v3/order/{order_id}': sdk.ClientFacingOrder,
  'POST /v3/order/{order_id}/cancel': sdk.PostOrderResponse,
  'POST /v3/order/{order_id}/test': ANYTHING,
  'PATCH /v3/order/{order_id}/draw_completed': sdk.PostOrderResponse,
  'GET /v3/order/{order_id}/communication_settings': settings,
  'PATCH /v3/order/{order_id}/communication_settings': settings,
  'GET /v3/order/{order_id}/result': sdk.LabResultsRaw,
  'GET /v3/order/{order_id}/result/metadata': sdk.LabResultsMetadata,
  'GET /v3/order/{order_id}/result/pdf': PDF,
  'GET /v3/order/{order_id}/requisition/pdf': PDF,
  'GET /v3/order_transaction/{transaction_id}': sdk.GetOrderTransactionResponse,
  'GET /v3/order_transaction/{transaction_id}/result': sdk.LabResultsRaw,
  'GET /v3/order_transaction/{transaction_id}/result/pdf': PDF,
  'GET /v3/unmatched_result_test/case': sdk.ListUnmatchedResultTestCasesResponse,
  'POST /v3/unmatched_result_test': sdk.CreateUnmatchedResultTestResponse,
  'GET /v3/unmatched_result_test/{run_id}': sdk.GetUnmatchedResultTestResponse,
  'GET /v3/unmatched_result': sdk.ListUnmatchedResultResponse,
  'GET /v3/unmatched_result/{raw_result_id}': sdk.GetUnmatchedResultResponse,
  'POST /v3/unmatched_result/{raw_result_id}/accept': sdk.ClientFacingOrder,
  'POST /v3/unmatched_result/{raw_result_id}/resolve': sdk.UnmatchedResult,
};

export type Route = keyof typeof SCHEMAS;

interface Asking {
  id?: string;
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
}

// biome-ignore lint/suspicious/noExplicitAny: the schema of the route has been checked
type Checked = any;

/** An in-process Junction client. `visited` has the routes that returned 2xx. */
export function askable(journeys: readonly Journey[] = []) {
  const sent: OutgoingWebhook[] = [];
  const resent: string[] = [];
  const visited = new Set<Route>();
  const world: Junction = junction(journeys, { send: (webhook) => sent.push(webhook) });
  world.setClock(new Date('2026-03-02T15:00:00Z'));
  const context = { junction: world, resend: (orderIds: readonly string[]) => void resent.push(...orderIds) };

  const answer = (route: Route, { id = '', query = {}, body, headers = {} }: Asking = {}): ApiAnswer => {
    const [method = '', template = ''] = route.split(' ');
    const path = template.replace(/\{\w+\}/, id);
    return answered(() =>
      answerOf(context, { method, path, query: new URLSearchParams(query), body, headers }),
    );
  };
  /** The body of a successful answer, which satisfies its schema. */
  const ask = (route: Route, asking: Asking = {}): Checked => {
    const { status, body, headers } = answer(route, asking);
    expect([200, 202], `${route}: ${JSON.stringify(body)}`).toContain(status);
    const schema = SCHEMAS[route];
    const raw = Buffer.isBuffer(body) ? body : JSON.parse(JSON.stringify(body));
    if (schema === PDF) expect(headers).toEqual({ 'content-type': PDF });
    else
      expect(schema.parse(raw), `${route}: ${JSON.stringify(schema.parse(raw))}`).toMatchObject({ ok: true });
    visited.add(route);
    return raw;
  };
  /** The status of a refusal, and what it says. */
  const refusal = (route: Route, asking: Asking = {}): [status: number, says: string] => {
    const { status, body } = answer(route, asking);
    return [status, JSON.stringify(body)];
  };
  return { world, sent, resent, visited, ask, answer, refusal };
}

export type Askable = ReturnType<typeof askable>;

const USER = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

/** The lab test of the sandbox's catalogue for this method, at this lab. */
export function labTestId({ ask }: Askable, method: string, lab: string, nth = 0): string {
  const tests = ask('GET /v3/lab_tests') as { id: string; method: string; lab: { slug: string } }[];
  return tests.filter((one) => one.method === method && one.lab.slug === lab)[nth]?.id ?? '';
}

/** The body of an order that nothing is wrong with, apart from these fields. */
export function orderBody(labTest: string, fields: Record<string, unknown> = {}, patient: object = {}) {
  const named = { first_name: 'Mary-Jane', last_name: "O'Connor", ...patient };
  return orderRequest(USER, labTest, { fields, patient: named });
}

/** Places an order and gives its id. */
export function place(
  api: Askable,
  method: string,
  lab: string,
  fields: Record<string, unknown> = {},
): string {
  return api.ask('POST /v3/order', { body: orderBody(labTestId(api, method, lab), fields) }).order.id;
}

export const REDRAW = journey('redraw_completed', 8, { spelling: 'documented' });
