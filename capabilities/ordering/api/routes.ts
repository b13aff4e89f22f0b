import * as z from 'zod/mini';
import { shownInterpretation } from '../../../core/api/results/shown-interpretation.ts';
import { showTransaction } from '../../../core/api/transactions/representation.ts';
import { ORDER_CANCELLATION_REASONS } from '../../../core/audit/audit-entry.ts';
import { describe } from '../../../core/domain/describe.ts';
import type { OrderRecord } from '../../../core/domain/order/order-record.ts';
import { PORTAL_CONTEXTS } from '../../../core/domain/order/portal-context.ts';
import type { HasScope } from '../../../core/http/identity.ts';
import { json } from '../../../core/http/problem.ts';
import { byId, noPath, noQuery, ofTeam } from '../../../core/http/request-fields.ts';
import { type Route, route } from '../../../core/http/route.ts';
import { unicode, uuid } from '../../../core/http/text-fields.ts';
import {
  displayedTransactionId,
  findOrder,
  findTransaction,
} from '../../../core/use-cases/team-visibility.ts';
import { bookingKindOf } from '../use-cases/ask-current-order.ts';
import {
  bookAppointment,
  type ChangedAppointment,
  cancelAppointment,
  rescheduleAppointment,
} from '../use-cases/book-appointment.ts';
import { cancelOrder } from '../use-cases/cancel-order.ts';
import { createPortalLink } from '../use-cases/create-portal-link.ts';
import { findFreeSlots } from '../use-cases/find-free-slots.ts';
import { type Placed, placeOrder } from '../use-cases/place-order.ts';
import * as answers from './answer.ts';
import { type OrderingRoutesContext, ofOrder, teamOfNewOrder, withJunction } from './junction-answers.ts';
import type { orderingScopes } from './scopes.ts';

/** Junction's body. It is not parsed here, so that all errors, of format and of rules, are returned together. */
const orderBody = z.unknown();

/**
 * An order can carry images of the insurance card and of signatures, for whose size Junction documents no limit. Lambda takes
 * events of 6 MB, which is this much as base64. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MAX_ORDER_BYTES = 4 * 1_048_576;

const placing = z.object({
  'idempotency-key': z
    .string()
    .check(z.regex(/^[\x21-\x7e]{1,255}$/, 'it must have 1 to 255 visible ASCII characters')),
});

DOCS: describe(placing, {
  properties: {
    'idempotency-key': 'Makes the request repeatable: for 30 days, the same key places the order only once.',
  },
});

const key = z.string().check(z.minLength(1), z.maxLength(4_096), unicode);
const notes = z.optional(z.nullable(z.string().check(z.maxLength(1_000), unicode)));
const slot = z.strictObject({ booking_key: key, appointment_notes: notes });
const slotProperties = {
  booking_key: 'The key of a free slot.',
  appointment_notes: 'Notes for the visit. New ones replace the old ones.',
};
DOCS: describe(slot, { id: 'SlotBooking', description: 'Books a free slot.', properties: slotProperties });
const visit = z.strictObject({
  provider: z.string().check(z.regex(/^[a-z0-9_-]{1,64}$/, 'not the name of a provider')),
  appointment_notes: notes,
});
DOCS: describe(visit, {
  id: 'VisitRequest',
  description: 'Asks a provider for a visit, which sets the time later.',
  properties: {
    provider: 'One of the `request_providers`.',
    appointment_notes: slotProperties.appointment_notes,
  },
});
/** A slot, or a provider that sets the time later. */
const booking = z.union([slot, visit]);
DOCS: describe(booking, { id: 'AppointmentBooking', description: 'A free slot, or a visit of a provider.' });
const cancellation = z.strictObject({
  cancellation_reason_id: z.string().check(z.minLength(1), z.maxLength(128), unicode),
  notes,
});
DOCS: describe(cancellation, {
  id: 'AppointmentCancellation',
  description: 'Cancels an appointment.',
  properties: {
    cancellation_reason_id: 'The ID of one of the cancellation reasons.',
    notes: 'Notes about the reason, for the provider.',
  },
});
/** A date of the calendar. */
const day = z.iso.date('not a date');
const cancellationReason = z.strictObject({ reason: z.optional(z.enum(ORDER_CANCELLATION_REASONS)) });
DOCS: describe(cancellationReason, {
  id: 'OrderCancellation',
  description: 'Cancels an order.',
  properties: { reason: 'Why. It is stored only in the audit trail.' },
});
const orderCancellation = z.optional(cancellationReason);
const placingFor = z.strictObject(ofTeam);
DOCS: describe(placingFor, {
  properties: { team_id: 'The team whose key places the order. Required in a deployment of several teams.' },
});
const startDate = z.strictObject({ start_date: z.optional(day) });
DOCS: describe(startDate, { properties: { start_date: 'The first day; by default, today.' } });

const portal = z.strictObject({ context: z.enum(PORTAL_CONTEXTS) });
DOCS: describe(portal, {
  id: 'PortalLinkRequest',
  description: 'Creates a link.',
  properties: {
    context:
      '`launch`: for a patient who is on one of your pages now. `communications`: for one who gets the link in a message.',
  },
});

const MAY_BE = {
  placed:
    'Junction did not confirm the order but may have placed it. Repeat the request with the same Idempotency-Key. The order is placed only once.',
  changed:
    'Junction did not confirm the change but may have made it. Check the order before you repeat the request.',
  read: 'Junction returned no usable response. Try again.',
};

const inPath = ({ id }: z.output<typeof byId>) => ({ order_id: id });

async function transactionOf(context: OrderingRoutesContext, record: OrderRecord, hasScope: HasScope) {
  const id = (await displayedTransactionId(context, record)) ?? record.id;
  return showTransaction(await findTransaction(context, id), hasScope);
}

/** Junction's order. A repeated request gets it as it is now, maybe with results. */
function shownOrder(order: Placed['order'], hasScope: HasScope) {
  const { interpretation } = order;
  if (typeof interpretation !== 'string') return order;
  return { ...order, interpretation: shownInterpretation({ interpretation }, hasScope) };
}

async function changed(
  context: OrderingRoutesContext,
  { record, appointmentId }: ChangedAppointment,
  hasScope: HasScope,
) {
  const appointment = record.appointments.find(({ id }) => id === appointmentId);
  return answers.changedAppointment.parse({
    appointment,
    transaction: await transactionOf(context, record, hasScope),
  });
}

/** The patient of an order, also if the order is refused. What is not an id of Junction could be anything. */
const patientIn = (body: unknown) => {
  const { data } = z.object({ user_id: uuid }).safeParse(body);
  return data ?? {};
};

/** The routes of the ordering function, by API Gateway's route key. */
export const routes: Readonly<Record<keyof typeof orderingScopes, Route<OrderingRoutesContext>>> = {
  'POST /v1/orders': route(
    { path: noPath, query: placingFor, headers: placing, body: orderBody, maxBodyBytes: MAX_ORDER_BYTES },
    async (context: OrderingRoutesContext, { body, headers, query, ...asked }) => {
      const team = teamOfNewOrder(context, query.team_id);
      const request = { body, key: headers['idempotency-key'], caller: asked.identity() };
      const placed = await withJunction(context, team, asked, MAY_BE.placed, (one) =>
        placeOrder(one, request),
      );
      const transaction = showTransaction(
        await findTransaction(context, placed.transactionId),
        asked.hasScope,
      );
      return json(
        201,
        answers.placedOrder.parse({ order: shownOrder(placed.order, asked.hasScope), transaction }),
      );
    },
    {
      action: 'order.place',
      changes: true,
      inPath: () => ({}),
      inBody: patientIn,
      inAnswer: (answer) => {
        const { order, transaction } = answers.placedOrder.parse(answer);
        return { order_id: order.id, transaction_id: transaction.id };
      },
    },
  ),

  'POST /v1/orders/{id}/cancel': route(
    { path: byId, query: noQuery, body: orderCancellation, bodyOptional: true },
    async (context: OrderingRoutesContext, { path, ...asked }) => {
      const record = await ofOrder(context, path.id, asked, MAY_BE.changed, (one) =>
        cancelOrder(one, path.id),
      );
      return json(
        200,
        answers.cancelledOrder.parse({ transaction: await transactionOf(context, record, asked.hasScope) }),
      );
    },
    {
      action: 'order.cancel',
      changes: true,
      inPath,
      inBody: (body) => (body?.reason === undefined ? {} : { reason: body.reason }),
    },
  ),

  'GET /v1/orders/{id}/appointment/availability': route(
    { path: byId, query: startDate },
    async (context: OrderingRoutesContext, { path, query, ...asked }) => {
      const slots = await ofOrder(context, path.id, asked, MAY_BE.read, (one) =>
        findFreeSlots(one, path.id, query.start_date ?? null),
      );
      return json(200, answers.freeSlots.parse(slots));
    },
  ),

  'GET /v1/orders/{id}/appointment/cancellation-reasons': route(
    { path: byId, query: noQuery },
    async (context: OrderingRoutesContext, { path, ...asked }) => {
      const kind = bookingKindOf(await findOrder(context, path.id));
      const reasons = await ofOrder(context, path.id, asked, MAY_BE.read, ({ junction }) =>
        junction.cancellationReasons(kind),
      );
      return json(200, answers.reasons.parse({ reasons }));
    },
  ),

  'POST /v1/orders/{id}/portal-link': route(
    { path: byId, query: noQuery, body: portal },
    async (context: OrderingRoutesContext, { path, body, ...asked }) => {
      const link = await ofOrder(context, path.id, asked, MAY_BE.read, (one) =>
        createPortalLink(one, path.id, body.context),
      );
      return json(200, answers.portalLink.parse(link));
    },
    { action: 'portal_link.read', changes: false, inPath },
  ),

  'POST /v1/orders/{id}/appointment': route(
    { path: byId, query: noQuery, body: booking },
    async (context: OrderingRoutesContext, { path, body, ...asked }) => {
      const made = await ofOrder(context, path.id, asked, MAY_BE.changed, (one) =>
        bookAppointment(one, path.id, body),
      );
      return json(201, await changed(context, made, asked.hasScope));
    },
    { action: 'appointment.book', changes: true, inPath },
  ),

  'PATCH /v1/orders/{id}/appointment': route(
    { path: byId, query: noQuery, body: slot },
    async (context: OrderingRoutesContext, { path, body, ...asked }) => {
      const made = await ofOrder(context, path.id, asked, MAY_BE.changed, (one) =>
        rescheduleAppointment(one, path.id, body),
      );
      return json(200, await changed(context, made, asked.hasScope));
    },
    { action: 'appointment.reschedule', changes: true, inPath },
  ),

  'DELETE /v1/orders/{id}/appointment': route(
    { path: byId, query: noQuery, body: cancellation },
    async (context: OrderingRoutesContext, { path, body, ...asked }) => {
      const made = await ofOrder(context, path.id, asked, MAY_BE.changed, (one) =>
        cancelAppointment(one, path.id, body),
      );
      return json(200, await changed(context, made, asked.hasScope));
    },
    { action: 'appointment.cancel', changes: true, inPath },
  ),
};
