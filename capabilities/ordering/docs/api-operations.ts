import type { Operation } from '../../../docs/openapi/operations/operation.ts';
import { BY_JUNCTION, NO_ORDER, type ProblemAnswer } from '../../../docs/openapi/operations/problems.ts';
import {
  cancelledOrder,
  changedAppointment,
  freeSlots,
  placedOrder,
  portalLink,
  reasons,
} from '../api/answer.ts';
import type { orderingScopes } from '../api/scopes.ts';
import { orderRequest } from '../rules/order-request.ts';
import { orderingExamples as examples } from './api-examples.ts';

const NO_APPOINTMENT = 'Orders for test kits and on-site collection have no appointment.';
const WITHOUT_APPOINTMENT: ProblemAnswer = {
  name: 'NoAppointment',
  description: NO_APPOINTMENT,
  detail: 'Orders with this collection method do not have appointments.',
};

/** The routes of deployments with ordering. */
export const orderingOperations = {
  'POST /v1/orders': {
    id: 'placeOrder',
    tag: 'ordering',
    needs: 'ordering',
    summary: 'Place an order',
    description:
      "Validates the order, refuses detectable faults, and passes the request to Junction. It stores the IDs of the order and of its transaction in the same request. If you get no response, repeat the request with the same `Idempotency-Key`: the order is placed only once. A key is kept for 30 days. The order in the response is Junction's and contains patient data; only IDs and states are stored.",
    status: 201,
    answer: "Junction's order, and our transaction that contains it.",
    content: placedOrder,
    example: examples.placedOrder,
    body: orderRequest,
    bodyExample: examples.orderRequest,
    problems: {
      400: {
        description:
          'The order, the header or a parameter is invalid, or Junction refuses the order. `errors` lists every fault.',
        detail:
          'patient_address.zip: It must be a ZIP code with five digits, or with nine digits such as 85004-1234.',
      },
      409: {
        description:
          'A request with this key is in progress, or it was started more than 23 hours ago and its outcome is not known. In the second case, `candidates` lists the orders of the patient from that time. If your order is not among them, place it with a new key.',
        detail:
          'A request with this Idempotency-Key is in progress. Repeat it in a minute to get its response.',
        retryAfter: true,
      },
      422: {
        description: 'The key was used with a different body.',
        detail: 'This Idempotency-Key was used with a different body. Use a new key for a new order.',
      },
      ...BY_JUNCTION,
    },
  },
  'POST /v1/orders/{id}/cancel': {
    id: 'cancelOrder',
    tag: 'ordering',
    needs: 'ordering',
    summary: 'Cancel an order',
    description:
      'Requests the order from Junction first, and refuses the cancellation if the status of the order does not allow it. With the order, Junction cancels an at-home appointment. An appointment at a patient service center stays; cancel it with its own route. To cancel a redraw, use the ID of the redraw order. The body is optional. A `reason` is stored only in the audit trail.',
    answer: 'The transaction after the cancellation.',
    content: cancelledOrder,
    bodyExample: { reason: 'patient_declined' },
    problems: {
      404: NO_ORDER,
      409: {
        description:
          'The status of the order does not allow the cancellation, or Junction refuses it. `detail` contains the rule. Nothing was changed.',
        detail: 'Junction refused the cancellation: Transition from completed to cancelled is not allowed.',
      },
      ...BY_JUNCTION,
    },
  },
  'GET /v1/orders/{id}/appointment/availability': {
    id: 'listAppointmentSlots',
    tag: 'ordering',
    needs: 'ordering',
    summary: 'List the free slots for an order',
    description:
      'For at-home phlebotomy, lists slots at the address of the order. For walk-in tests of a lab that Junction can book, lists slots at patient service centers near the address. If there are no slots, the list is empty, and `request_providers` names the providers from which you can request a visit.',
    answer:
      'The slots by day, for about two weeks from `start_date`. A booking key is valid until its `expires_at`.',
    content: freeSlots,
    problems: { 404: NO_ORDER, 409: WITHOUT_APPOINTMENT, ...BY_JUNCTION },
  },
  'GET /v1/orders/{id}/appointment/cancellation-reasons': {
    id: 'listCancellationReasons',
    tag: 'ordering',
    needs: 'ordering',
    summary: 'List the cancellation reasons for an appointment',
    description: 'One of them has to be named to cancel the appointment.',
    answer: "Junction's reasons.",
    content: reasons,
    problems: { 404: NO_ORDER, 409: WITHOUT_APPOINTMENT, ...BY_JUNCTION },
  },
  'POST /v1/orders/{id}/portal-link': {
    id: 'createPortalLink',
    tag: 'ordering',
    needs: 'ordering',
    summary: "Create a link to Junction's portal for the patient",
    description:
      'Anyone who has the link is let in as the patient. So the request is audited, and the link is neither stored nor logged. `launch` is for a patient who is currently on one of your pages; the link is valid for minutes. `communications` is for messages; the link is valid for weeks.',
    answer: 'The link, and how many seconds it is valid.',
    content: portalLink,
    bodyExample: { context: 'launch' },
    problems: {
      404: NO_ORDER,
      409: {
        description: 'Junction refuses, for example because it does not offer such links to your team.',
        detail: 'Junction has not enabled this for your team.',
      },
      ...BY_JUNCTION,
    },
  },
  'POST /v1/orders/{id}/appointment': {
    id: 'bookAppointment',
    tag: 'ordering',
    needs: 'ordering',
    summary: 'Book an appointment for an order',
    description:
      'Books a slot by its `booking_key`, or requests a visit from a `provider` without slots. The access notes of the order are included. A patient can have only one active appointment with a provider: if two bookings run at the same time, one is refused before it reaches Junction. If the response is lost, the next booking determines the outcome of the first.',
    status: 201,
    answer: 'The appointment, and the transaction of the order.',
    content: changedAppointment,
    bodyExample: { booking_key: 'eyJwcm92aWRlciI6ImdldGxhYnMifQ', appointment_notes: 'Bring a photo id.' },
    problems: {
      404: NO_ORDER,
      409: {
        description: `The patient has an active appointment with the provider, another booking is in progress, or Junction refuses. ${NO_APPOINTMENT} Nothing was booked.`,
        detail: 'Another booking for this patient is in progress. Nothing was booked.',
        retryAfter: true,
      },
      ...BY_JUNCTION,
    },
  },
  'PATCH /v1/orders/{id}/appointment': {
    id: 'rescheduleAppointment',
    tag: 'ordering',
    needs: 'ordering',
    summary: 'Reschedule the appointment of an order',
    description: 'New `appointment_notes` replace the old ones.',
    answer: 'The appointment, and the transaction of the order.',
    content: changedAppointment,
    bodyExample: { booking_key: 'eyJwcm92aWRlciI6ImdldGxhYnMifQ', appointment_notes: null },
    problems: {
      404: NO_ORDER,
      409: {
        description: `Junction refuses, for example because there is no active appointment. ${NO_APPOINTMENT}`,
        detail: 'Orders with this collection method do not have appointments.',
      },
      ...BY_JUNCTION,
    },
  },
  'DELETE /v1/orders/{id}/appointment': {
    id: 'cancelAppointment',
    tag: 'ordering',
    needs: 'ordering',
    summary: 'Cancel the appointment of an order',
    description:
      'The order is not cancelled. The reason is in the body, so that notes do not appear in a log of URLs. For an appointment that is already cancelled, the response shows it unchanged.',
    answer: 'The appointment, and the transaction of the order.',
    content: changedAppointment,
    bodyExample: { cancellation_reason_id: '7dfd7da5-ed6e-40bb-a7e4-c8003f0c10a9', notes: null },
    problems: {
      404: NO_ORDER,
      409: {
        description: `Junction refuses, for example because there was never an appointment. ${NO_APPOINTMENT}`,
        detail: 'Orders with this collection method do not have appointments.',
      },
      ...BY_JUNCTION,
    },
  },
} as const satisfies Readonly<Record<keyof typeof orderingScopes, Operation>>;
