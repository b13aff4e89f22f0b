import type {
  AppointmentEventStatus,
  AppointmentProvider,
  AppointmentStatus,
  ClientFacingAppointment,
  UsAddress,
} from '@junction-api/sdk/serialization';
import type { Random } from '../random.ts';
import { type Instant, MINUTE, spellTime } from '../time.ts';
import type { Order } from './order.ts';
import type { Patient } from './patient.ts';

interface AppointmentEvent {
  at: Instant;
  status: AppointmentEventStatus.Raw;
  data: Record<string, unknown> | null;
}

/** An appointment. `status` and `eventStatus` are separate facts; `confirmed` goes with `scheduled`. */
export interface Appointment {
  readonly id: string;
  readonly orderId: string;
  transactionId: string;
  readonly type: 'phlebotomy' | 'patient_service_center';
  readonly provider: AppointmentProvider.Raw;
  readonly providerId: string;
  /** The id at the lab, for bookings at a patient service center. */
  readonly externalId: string | null;
  status: AppointmentStatus.Raw;
  eventStatus: AppointmentEventStatus.Raw;
  startAt: Instant | null;
  /** Null: the address of the patient. */
  address: UsAddress.Raw | null;
  /** Undefined: those of the patient. */
  notes: string | null | undefined;
  events: AppointmentEvent[];
}

export type AppointmentChange = Partial<Pick<Appointment, 'status' | 'eventStatus' | 'startAt' | 'notes'>> & {
  /** Who changed it; the patient by default. */
  origin?: 'patient' | 'provider';
  cancellationReason?: string;
};

export const APPOINTMENT_LENGTH = 30 * MINUTE;

/** Bookings at Sonora Quest are held until the lab confirms them; all others wait for the provider. */
export function newAppointment(
  random: Random,
  order: Pick<Order, 'id'>,
  provider: AppointmentProvider.Raw,
  now: Instant,
): Appointment {
  const id = random.uuid();
  const isAtCenter = provider === 'quest' || provider === 'sonora_quest';
  const first = provider === 'sonora_quest' ? 'reserved' : 'pending';
  return {
    id,
    orderId: order.id,
    transactionId: '',
    type: isAtCenter ? 'patient_service_center' : 'phlebotomy',
    provider,
    providerId: random.digits(7),
    externalId: isAtCenter ? random.fork(`external/${id}`).base62(6).toUpperCase() : null,
    status: first,
    eventStatus: first,
    startAt: null,
    address: null,
    notes: undefined,
    events: [{ at: now, status: first, data: null }],
  };
}

export function updateAppointment(
  appointment: Appointment,
  { origin = 'patient', cancellationReason, ...change }: AppointmentChange,
  now: Instant,
  patient: Patient,
): void {
  const isReschedule = change.startAt !== undefined && appointment.startAt !== null;
  const isCancelled = change.eventStatus === 'cancelled';
  const reason = cancellationReason ?? patient.cancellationReason;
  Object.assign(appointment, change);
  appointment.events.push({
    at: now,
    status: appointment.eventStatus,
    data: isReschedule
      ? { origin, is_reschedule: true }
      : isCancelled
        ? { origin, cancellation_reason: reason }
        : null,
  });
}

export function isActive({ status }: Pick<Appointment, 'status'>): boolean {
  return status !== 'cancelled' && status !== 'completed';
}

export function renderAppointment(
  appointment: Appointment,
  userId: string,
  patient: Patient,
): ClientFacingAppointment.Raw {
  const { startAt, events } = appointment;
  return {
    id: appointment.id,
    user_id: userId,
    order_id: appointment.orderId,
    order_transaction_id: appointment.transactionId,
    address: appointment.address ?? homeOf(patient),
    location: patient.home,
    start_at: startAt === null ? null : spellTime(startAt),
    end_at: startAt === null ? null : spellTime(startAt + APPOINTMENT_LENGTH),
    iana_timezone: 'America/New_York',
    type: appointment.type,
    provider: appointment.provider,
    status: appointment.status,
    provider_id: appointment.providerId,
    external_id: appointment.externalId,
    can_reschedule: canReschedule(appointment),
    appointment_notes: appointment.notes === undefined ? patient.appointmentNotes : appointment.notes,
    event_status: appointment.eventStatus,
    event_data: events.at(-1)?.data ?? null,
    events: events.map((event) => ({
      created_at: spellTime(event.at),
      status: event.status,
      data: event.data,
    })),
  };
}

/** Patients change bookings at Sonora Quest with the lab, not through Junction. */
export function canReschedule({ status, provider }: Pick<Appointment, 'status' | 'provider'>): boolean {
  return status === 'confirmed' && provider !== 'sonora_quest';
}

function homeOf({ address }: Patient): UsAddress.Raw {
  return {
    first_line: address.first_line,
    second_line: address.second_line ?? null,
    city: address.city,
    state: address.state,
    zip_code: address.zip,
    access_notes: address.access_notes ?? null,
  };
}
