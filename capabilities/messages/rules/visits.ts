import type { Appointment } from '../../../core/domain/order/order-record.ts';
import { greatest } from '../../../core/domain/sort-keys.ts';

export function isCancelled({ status, event_status }: Appointment): boolean {
  return status === 'cancelled' || event_status === 'cancelled';
}

/** The appointment that changed last; undefined without one. */
export function lastChanged(appointments: readonly Appointment[]): Appointment | undefined {
  return greatest(appointments, ({ updated_at, start_at, id }) => [updated_at ?? '', start_at ?? '', id]);
}
