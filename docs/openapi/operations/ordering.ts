import {
  cancelledOrder,
  changedAppointment,
  freeSlots,
  placedOrder,
  portalLink,
  reasons,
} from '../../../core/api/ordering/answer.ts';
import { examples } from '../examples.ts';
import type { Operations } from './operation.ts';

const WITH_JUNCTION = {
  502: 'Junction refuses the configured API key, or gives no usable answer. `detail` says if it may have done it nevertheless.',
  503: 'No API key for Junction is configured, Junction limits the rate of requests, or the store is not available. See `Retry-After`.',
  504: 'Junction did not answer in time. `detail` says if it may have done it nevertheless.',
};

const NO_APPOINTMENT = 'Orders for test kits and on-site collection have no appointment.';

/** The routes of deployments with ordering. */
export const orderingOperations = {
  'POST /v1/orders': {
    tag: 'ordering',
    summary: 'Place an order',
    description:
      "Only if the deployment has ordering. Passes Junction's own request on, after refusing what can be known to be wrong, and stores the ids of the order and of its transaction in the same request. Repeat a request that got no answer with the same `Idempotency-Key`: the order is placed once. A key is kept for 30 days. The order in the answer is Junction's, with patient data; nothing of it but ids and states is stored.",
    status: 201,
    answer: "Junction's order, and our transaction of it.",
    content: placedOrder,
    example: examples.placedOrder,
    bodyExample: examples.orderRequest,
    problems: {
      400: 'The order, the header or a parameter is invalid, or Junction refuses the order. `errors` lists every fault.',
      409: 'A request with this key is in progress, or was begun more than 23 hours ago and its outcome is not known. `candidates` are then the orders of the patient from that time. If it is none of them, place it under a new key.',
      422: 'The key was used with another body.',
      ...WITH_JUNCTION,
    },
  },
  'POST /v1/orders/{id}/cancel': {
    tag: 'ordering',
    summary: 'Cancel an order',
    description:
      'Asks Junction for the order first, and refuses what its status does not allow. Junction cancels an appointment at home with the order; one at a patient service center stays, and is cancelled by its own route. A redraw is cancelled by the id of the redraw order. The body may be left out; a `reason` in it is for the audit trail.',
    answer: 'The transaction after the cancellation.',
    content: cancelledOrder,
    bodyExample: { reason: 'patient_declined' },
    problems: {
      404: 'The order does not exist.',
      409: 'The status of the order does not allow it, or Junction refuses. `detail` has the rule. Nothing was changed.',
      ...WITH_JUNCTION,
    },
  },
  'GET /v1/orders/{id}/appointment/availability': {
    tag: 'ordering',
    summary: 'List the free slots for an order',
    description:
      'At home for at-home phlebotomy, by the address of the order; at the patient service centers near it for walk-in tests of a lab that Junction books. The list is empty where there are no slots. `request_providers` then names who can be asked for a visit.',
    answer:
      'The slots by day, for about two weeks from `start_date`. A booking key is valid until its `expires_at`.',
    content: freeSlots,
    problems: { 404: 'The order does not exist.', 409: NO_APPOINTMENT, ...WITH_JUNCTION },
  },
  'GET /v1/orders/{id}/appointment/cancellation-reasons': {
    tag: 'ordering',
    summary: 'List the reasons for which an appointment can be cancelled',
    answer: "Junction's reasons.",
    content: reasons,
    problems: { 404: 'The order does not exist.', 409: NO_APPOINTMENT, ...WITH_JUNCTION },
  },
  'POST /v1/orders/{id}/portal-link': {
    tag: 'ordering',
    summary: "Create a link to Junction's portal for the patient",
    description:
      'The link lets whoever has it in as the patient, so that it is audited, and neither stored nor logged. `launch` is for a patient who is on a page of yours now, and works for minutes. `communications` is for messages, and works for weeks.',
    answer: 'The link, and the seconds for which it works.',
    content: portalLink,
    bodyExample: { context: 'launch' },
    problems: {
      404: 'The order does not exist.',
      409: 'Junction refuses, for example because it does not offer such links to your team.',
      ...WITH_JUNCTION,
    },
  },
  'POST /v1/orders/{id}/appointment': {
    tag: 'ordering',
    summary: 'Book an appointment for an order',
    description:
      'Books a slot by its `booking_key`, or requests a visit from a `provider` without slots. The access notes of the order go along. A patient has one active appointment with a provider: of two bookings at the same time, one is refused before it reaches Junction. If the answer is lost, the next booking finds out what became of it.',
    status: 201,
    answer: 'The appointment, and the transaction of the order.',
    content: changedAppointment,
    bodyExample: { booking_key: 'eyJwcm92aWRlciI6ImdldGxhYnMifQ', appointment_notes: 'Bring a photo id.' },
    problems: {
      404: 'The order does not exist.',
      409: `The patient has an active appointment with the provider, another booking is in progress, or Junction refuses. ${NO_APPOINTMENT} Nothing was booked.`,
      ...WITH_JUNCTION,
    },
  },
  'PATCH /v1/orders/{id}/appointment': {
    tag: 'ordering',
    summary: 'Move the appointment of an order to another slot',
    description: 'New `appointment_notes` replace the old ones.',
    answer: 'The appointment, and the transaction of the order.',
    content: changedAppointment,
    bodyExample: { booking_key: 'eyJwcm92aWRlciI6ImdldGxhYnMifQ', appointment_notes: null },
    problems: {
      404: 'The order does not exist.',
      409: `Junction refuses, for example because there is no active appointment. ${NO_APPOINTMENT}`,
      ...WITH_JUNCTION,
    },
  },
  'DELETE /v1/orders/{id}/appointment': {
    tag: 'ordering',
    summary: 'Cancel the appointment of an order',
    description:
      'The order stays. The body names one of the reasons, so that notes are in no log of addresses. An appointment that is cancelled already is answered as it is.',
    answer: 'The appointment, and the transaction of the order.',
    content: changedAppointment,
    bodyExample: { cancellation_reason_id: '7dfd7da5-ed6e-40bb-a7e4-c8003f0c10a9', notes: null },
    problems: {
      404: 'The order does not exist.',
      409: `Junction refuses, for example because there was never an appointment. ${NO_APPOINTMENT}`,
      ...WITH_JUNCTION,
    },
  },
} satisfies Operations;
