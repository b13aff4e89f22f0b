/** The facts one delivery gives: state-model.md, "An order's facts". */

export interface Delivery {
  /** Raw JSON, as sent. */
  body: string;
  /** RFC 3339. */
  receivedAt: string;
}

export interface OrderEvent {
  at: string;
  position: number;
  id: string;
  status: string;
}

/** What a transaction's list says about one order. */
export interface Entry {
  id: string;
  low: string | null;
  at: string | null;
  origin: string | null;
  parentId: string | null;
  createdAt: string | null;
}

export interface MissingResult {
  name: string | null;
  slug: string | null;
  failure_type: string | null;
  loinc: string | null;
}

export interface Snapshot {
  origin: string | null;
  parentId: string | null;
  modality: string | null;
  topStatus: string | null;
  userId: string | null;
  teamId: string | null;
  labTest: { id: string | null; name: string | null; slug: string | null } | null;
  hasMissingResults: boolean | null;
  missingResults: MissingResult[];
  expectedResultBy: string | null;
  worstCaseResultBy: string | null;
  createdAt: string | null;
  updatedAt: string | null;
  /** Junction's word: the status of its transaction, and per order listed the time of the newest fact shown. */
  report: { status: string; times: [string, string | null][] } | null;
}

export interface OrderPayload {
  kind: 'order';
  orderId: string;
  counted: OrderEvent[];
  future: OrderEvent[];
  entries: Entry[];
  transactionId: string | null;
  clientUsers: { userId: string | null; clientUserId: string }[];
  snapshot: Snapshot;
  /** All of the rank but its digest. Absent is the empty string, which sorts lowest. */
  rank: [string, number, string, string];
}

export interface Appointment {
  id: string;
  status: string | null;
  event_status: string | null;
  start_at: string | null;
  end_at: string | null;
  iana_timezone: string | null;
  provider: string | null;
}

export interface AppointmentPayload {
  kind: 'appointment';
  orderId: string;
  transactionId: string | null;
  appointment: Appointment;
  rank: [string, number];
}

export type Payload = OrderPayload | AppointmentPayload | { kind: 'nothing' | 'ignored' | 'quarantined' };
