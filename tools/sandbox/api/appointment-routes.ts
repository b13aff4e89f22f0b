import { AllowedRadius, AppointmentPscLabs, ClientFacingLabs } from '@junction-api/sdk/serialization';
import * as z from 'zod';
import { type AppointmentKind, CANCELLATION_REASONS } from '../junction/booking/appointments.ts';
import { areaInfo, serviceCenters } from '../junction/booking/places.ts';
import { centerSlots, phlebotomySlots } from '../junction/booking/slots.ts';
import { Refusal } from '../junction/refusal.ts';
import { DAY } from '../time.ts';
import { type Answer, type ApiAnswer, found, ok, type RouteContext, readBody } from './api.ts';
import { idempotent } from './idempotency.ts';
import { oneOf, readCount, readTime, readZip } from './query.ts';

const address = z.object({
  first_line: z.string(),
  second_line: z.string().nullish(),
  city: z.string(),
  state: z.string(),
  zip_code: z.string(),
  unit: z.string().nullish(),
  access_notes: z.string().nullish(),
});
const notes = z.string().max(1000).nullish();
const bookingSchema = z.object({ booking_key: z.string(), appointment_notes: notes });
const requestSchema = z.object({ address, provider: z.string(), appointment_notes: notes });
const cancellationSchema = z.object({ cancellation_reason_id: z.string() });
/** The SDK sends one form, Junction's documentation shows the other. */
const centerCancellationSchema = z.union([
  z.object({ cancellationReasonId: z.string() }).transform((body) => body.cancellationReasonId),
  cancellationSchema.transform((body) => body.cancellation_reason_id),
]);

const AT_HOME = 'phlebotomy';
const AT_CENTER = 'patient_service_center';

type Change = (context: RouteContext, body: unknown, orderId: string) => void;

/** A route that changes an appointment and answers with it. */
function changing(kind: AppointmentKind, change: Change): Answer {
  return (context, { body }, id) => {
    change(context, body, id);
    return appointment(context, id, kind);
  };
}

const book =
  (kind: AppointmentKind, verb: 'book' | 'reschedule'): Change =>
  ({ junction }, body, id) => {
    const { booking_key: bookingKey, appointment_notes } = readBody(bookingSchema, body);
    junction.appointments[verb](id, kind, { bookingKey, notes: appointment_notes ?? null });
  };

const cancel =
  (kind: AppointmentKind): Change =>
  ({ junction }, body, id) => {
    const reason =
      kind === AT_CENTER
        ? readBody(centerCancellationSchema, body)
        : readBody(cancellationSchema, body).cancellation_reason_id;
    junction.appointments.cancel(id, kind, reason);
  };

const request: Change = ({ junction }, body, id) => {
  const { appointment_notes, ...asked } = readBody(requestSchema, body);
  junction.appointments.request(id, { ...asked, notes: appointment_notes ?? null });
};

export const appointmentRoutes = {
  'GET /v3/order/area/info': (_, { query }) => {
    const labs = oneOf(query, 'labs', isLab).concat(oneOf(query, 'lab', isLab));
    return ok(areaInfo(readZip(query), radiusOf(query), labs));
  },
  'GET /v3/order/psc/info': (_, { query }) => {
    radiusOf(query);
    return found(serviceCenters(readCount(query, 'lab_id', 1), readZip(query)), 'Lab');
  },
  'GET /v3/order/{order_id}/psc/info': ({ junction }, _, id) => {
    const order = junction.order(id);
    const zip = order?.patient_address?.zip.slice(0, 5) ?? '';
    return found(order && serviceCenters(order.lab_test.lab?.id ?? 0, zip), 'Order');
  },
  'POST /v3/order/phlebotomy/appointment/availability': ({ junction }, { query, body }) => {
    const { zip_code } = readBody(address, body);
    const now = junction.now();
    return ok(phlebotomySlots(zip_code, startOf(query, now), now));
  },
  'GET /v3/order/phlebotomy/appointment/cancellation-reasons': () => ok(CANCELLATION_REASONS),
  'GET /v3/order/psc/appointment/cancellation-reasons': () => ok(CANCELLATION_REASONS),
  'POST /v3/order/psc/appointment/availability': ({ junction }, { query }) => {
    const [lab = 'quest'] = oneOf(query, 'lab', (text) => AppointmentPscLabs.parse(text).ok);
    const siteCodes = query.getAll('site_codes');
    const zip = query.has('zip_code') ? readZip(query) : null;
    if (!zip && siteCodes.length === 0) throw new Refusal('site_codes or zip_code must be provided');
    if (siteCodes.length > 3) throw new Refusal('site_codes must be less than or equal to 3');
    const now = junction.now();
    const from = startOf(query, now);
    return ok(centerSlots(lab as 'quest' | 'sonora_quest', { zip, siteCodes, from }, now));
  },
  'POST /v3/order/{order_id}/phlebotomy/appointment/book': changing(AT_HOME, book(AT_HOME, 'book')),
  'POST /v3/order/{order_id}/phlebotomy/appointment/request': changing(AT_HOME, request),
  'PATCH /v3/order/{order_id}/phlebotomy/appointment/reschedule': changing(
    AT_HOME,
    book(AT_HOME, 'reschedule'),
  ),
  'PATCH /v3/order/{order_id}/phlebotomy/appointment/cancel': changing(AT_HOME, cancel(AT_HOME)),
  'GET /v3/order/{order_id}/phlebotomy/appointment': (context, _, id) => appointment(context, id, AT_HOME),
  'POST /v3/order/{order_id}/psc/appointment/book': idempotent(
    'psc',
    changing(AT_CENTER, book(AT_CENTER, 'book')),
  ),
  'PATCH /v3/order/{order_id}/psc/appointment/reschedule': changing(AT_CENTER, book(AT_CENTER, 'reschedule')),
  'PATCH /v3/order/{order_id}/psc/appointment/cancel': changing(AT_CENTER, cancel(AT_CENTER)),
  'GET /v3/order/{order_id}/psc/appointment': (context, _, id) => appointment(context, id, AT_CENTER),
} satisfies Record<string, Answer>;

function isLab(text: string): boolean {
  return ClientFacingLabs.parse(text).ok;
}

function radiusOf(query: URLSearchParams): string {
  return oneOf(query, 'radius', (text) => AllowedRadius.parse(text).ok)[0] ?? '25';
}

function startOf(query: URLSearchParams, now: number): number {
  const from = readTime('query', 'start_date', query.get('start_date'));
  if (from === null) return now;
  if (from < now - DAY) throw new Refusal('start_date must be greater or equal than the current date');
  return from;
}

function appointment({ junction }: RouteContext, orderId: string, kind: AppointmentKind): ApiAnswer {
  const booked = junction.appointment(orderId);
  return found(booked?.type === kind ? booked : null, 'Appointment');
}
