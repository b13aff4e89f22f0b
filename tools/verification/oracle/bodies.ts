/** Small Junction payloads for tests, with a patient whose name occurs nowhere else. */
import type { Delivery, Registration } from './reading/facts.ts';
import type { Json } from './reading/spelling.ts';

export const TEAM = '6353bcab-0000-4000-8000-000000000001';
export const USER = '3fa85f64-0000-4000-8000-000000000001';

/** The patient's name, address and notes. */
export const PATIENT = 'Canaria-Quetzalcoatl';

/** Ids that sort by their number. */
export function orderId(n: number): string {
  return `0bde0000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

export function transactionId(n: number): string {
  return `7a000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** A time in March 2026, normalized as in answers. */
export function march(day: number, clock = '08:00:00'): string {
  return `2026-03-${String(day).padStart(2, '0')}T${clock}.000000Z`;
}

const HIGH: { [low: string]: string } = {
  ordered: 'received',
  requisition_created: 'received',
  requisition_bypassed: 'received',
  partial_results: 'sample_with_lab',
  completed: 'completed',
  corrected: 'completed',
  cancelled: 'cancelled',
  do_not_process: 'cancelled',
  sample_error: 'failed',
  lost: 'failed',
};

/** The full status for a low-level one. */
export function fullStatus(low: string, modality = 'walk_in_test'): string {
  return `${HIGH[low] ?? 'collecting_sample'}.${modality}.${low}`;
}

export function event(id: number | string, low: string, createdAt: string): Json {
  return { id, created_at: createdAt, status: fullStatus(low) };
}

/** A walk-in order as Junction sends it; `fields` replace the defaults. */
export function walkIn(n: number, events: Json[], fields: Json = {}): Json {
  return {
    id: orderId(n),
    team_id: TEAM,
    user_id: USER,
    details: { type: 'walk_in_test', data: null },
    lab_test: {
      id: '5a000000-0000-4000-8000-000000000001',
      name: 'Lipids',
      slug: 'lipids',
      method: 'walk_in_test',
      lab: { id: 6, slug: 'quest', name: 'Quest Diagnostics', zipcode: '19426' },
    },
    patient_details: {
      first_name: PATIENT,
      last_name: PATIENT,
      dob: '1901-02-03',
      email: `${PATIENT}@example.com`,
    },
    patient_address: { first_line: PATIENT, access_notes: PATIENT },
    notes: PATIENT,
    origin: 'initial',
    status: null,
    created_at: march(n),
    updated_at: march(n),
    events,
    order_transaction: null,
    ...fields,
  };
}

/** One entry of `order_transaction.orders`. */
export function listed(n: number, low: string | null, at: string | null, fields: Json = {}): Json {
  return {
    id: orderId(n),
    low_level_status: low,
    low_level_status_created_at: at,
    origin: 'initial',
    parent_id: null,
    created_at: march(n),
    updated_at: march(n),
    ...fields,
  };
}

export function transaction(n: number, status: string | null, orders: Json[]): Json {
  return { id: transactionId(n), status, orders };
}

export function appointment(n: number, order: number, fields: Json = {}): Json {
  return {
    id: `a9900000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    order_id: orderId(order),
    status: 'confirmed',
    event_status: 'scheduled',
    start_at: march(20),
    end_at: march(20, '08:30:00'),
    iana_timezone: 'America/New_York',
    provider: 'quest',
    address: { first_line: PATIENT },
    appointment_notes: PATIENT,
    events: [{ created_at: march(2), status: 'scheduled' }],
    ...fields,
  };
}

/** A critical result of order `n`, in the smallest envelope. */
export function criticalResult(n: number, at: string, fields: Json = {}): Json {
  return {
    event_type: 'labtest.result.critical',
    data: { order_id: orderId(n), status: 'final', updated_at: at, ...fields },
  };
}

/** In the full envelope; `envelope` replaces its fields. */
export function enveloped(data: Json, envelope: Json = {}): Json {
  return {
    event_type: 'labtest.order.updated',
    data,
    team_id: TEAM,
    user_id: USER,
    client_user_id: null,
    ...envelope,
  };
}

/** Received long after everything in it by default. */
export function delivered(body: Json, receivedAt = '2026-06-01T00:00:00Z'): Delivery {
  return { body: JSON.stringify(body), receivedAt };
}

/** An answer of Junction's API; `askedFor` is the transaction whose list led to the request. */
export function answered(body: Json, askedAt: string, askedFor?: string): Delivery {
  return { ...delivered(body, askedAt), askedAt, ...(askedFor !== undefined && { askedFor }) };
}

/** A registration of order `n` in transaction `of`, at a normalized time. */
export function registered(
  n: number,
  of: number,
  at: string,
  { userId = null, clientUserId = null }: { userId?: string | null; clientUserId?: string | null } = {},
): Registration {
  return { orderId: orderId(n), transactionId: transactionId(of), userId, clientUserId, at };
}
