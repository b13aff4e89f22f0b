import type {
  AppointmentEventStatus,
  AppointmentProvider,
  AppointmentStatus,
  ClientFacingAppointment,
} from '@junction-api/sdk/serialization';
import { type Instant, MINUTE, spellTime } from '../time.ts';
import type { Patient } from './patient.ts';

/** An appointment. `status` and `eventStatus` are independent facts. */
export interface Appointment {
  readonly id: string;
  readonly orderId: string;
  readonly transactionId: string;
  readonly type: 'phlebotomy' | 'patient_service_center';
  readonly provider: AppointmentProvider.Raw;
  readonly providerId: string;
  status: AppointmentStatus.Raw;
  eventStatus: AppointmentEventStatus.Raw;
  startAt: Instant | null;
  events: { at: Instant; status: AppointmentEventStatus.Raw; data: Record<string, unknown> | null }[];
}

const LENGTH = 30 * MINUTE;

export function renderAppointment(
  appointment: Appointment,
  userId: string,
  patient: Patient,
): ClientFacingAppointment.Raw {
  const { startAt } = appointment;
  return {
    id: appointment.id,
    user_id: userId,
    order_id: appointment.orderId,
    order_transaction_id: appointment.transactionId,
    address: {
      first_line: patient.address.first_line,
      second_line: patient.address.second_line ?? null,
      city: patient.address.city,
      state: patient.address.state,
      zip_code: patient.address.zip,
      access_notes: patient.address.access_notes ?? null,
    },
    location: patient.home,
    start_at: startAt === null ? null : spellTime(startAt),
    end_at: startAt === null ? null : spellTime(startAt + LENGTH),
    iana_timezone: 'America/New_York',
    type: appointment.type,
    provider: appointment.provider,
    status: appointment.status,
    provider_id: appointment.providerId,
    external_id: null,
    can_reschedule: appointment.status === 'confirmed',
    appointment_notes: patient.appointmentNotes,
    event_status: appointment.eventStatus,
    event_data: { note: patient.appointmentNotes },
    events: appointment.events.map((event) => ({
      created_at: spellTime(event.at),
      status: event.status,
      data: event.data,
    })),
  };
}
