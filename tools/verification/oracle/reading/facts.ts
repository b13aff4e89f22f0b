/** The input of the oracle, and the facts in it: state-model.md, "An order's facts". */

/** A webhook, or an answer of Junction's API: a delivery with the time of the request. */
export interface Delivery {
  /** Raw JSON, as sent. */
  body: string;
  /** RFC 3339. */
  receivedAt: string;
  /** RFC 3339; only for an answer of Junction's API. */
  askedAt?: string;
  /** The transaction whose list led to the request; only for an answer. */
  askedFor?: string;
}

/** An accepted registration. A refused one is not a fact. */
export interface Registration {
  orderId: string;
  transactionId: string;
  userId: string | null;
  clientUserId: string | null;
  /** Normalized. */
  at: string;
}

export type Fact = Delivery | Registration;

export interface OrderEvent {
  at: string;
  position: number;
  /** Whether it is the `last_event` of its payload. */
  isLast: boolean;
  /** The empty string if Junction gives none. */
  id: string;
  status: string;
}

/** A report about an order in a transaction's list. */
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
  labTest: LabTest | null;
  hasMissingResults: boolean | null;
  expectedResultBy: string | null;
  worstCaseResultBy: string | null;
  activateBy: string | null;
  createdAt: string | null;
  updatedAt: string | null;
  /** Junction's status of the transaction and, for each listed order, the time of its newest fact. */
  report: { status: string; times: [string, string | null][] } | null;
  /** Why events happened, by time, id and status. */
  details: { [event: string]: string };
  /** The first counted event in the list that is older than the one before it. */
  descendsAt: string | null;
}

export interface LabTest {
  id: string | null;
  name: string | null;
  slug: string | null;
  lab: string | null;
}

/** An order that the list of another order's payload names. */
export interface Listing {
  orderId: string;
  transactionId: string;
  /** The newest fact in the list; the empty string if there is none. */
  newest: string;
}

/** All of a rank except its digest. Absent parts are the empty string, which sorts lowest. */
export type Rank = [
  newestEvent: string,
  events: number,
  askedAt: string,
  updatedAt: string,
  newestFact: string,
];

/** When a payload was received; for an answer, also when it was asked for. Both are normalized. */
export interface Arrival {
  receivedAt: string;
  /** The empty string for a webhook. */
  askedAt: string;
}

export interface OrderPayload extends Arrival {
  kind: 'order';
  orderId: string;
  counted: OrderEvent[];
  future: OrderEvent[];
  entries: Entry[];
  transactionId: string | null;
  listings: Listing[];
  /** The time of a critical result that only the order reports. */
  criticalSince: string | null;
  /** Whether its transaction lists any order, be it this one. */
  hasList: boolean;
  clientUser: { userId: string | null; clientUserId: string } | null;
  missingResults: MissingResult[];
  snapshot: Snapshot;
  /** The `updated_at` that counts; the empty string if none does. */
  updatedAt: string;
  /** Whether `last_event` is another event than the last one of the list. */
  disagreesOnLast: boolean;
  /** The events that the digest covers. Before corrections, it covers none. */
  digested: OrderEvent[];
  tier: Tier;
  rank: Rank;
}

/**
 * Goes before the rank: 1 for the newest answer of Junction's API, 2 for what is newer than that answer, and 0 for
 * everything else. Without corrections, everything has 0.
 */
export type Tier = 0 | 1 | 2;

export interface Appointment {
  id: string;
  status: string | null;
  event_status: string | null;
  start_at: string | null;
  end_at: string | null;
  iana_timezone: string | null;
  provider: string | null;
  type: string | null;
  can_reschedule: boolean | null;
  updated_at: string | null;
}

export interface AppointmentPayload extends Arrival {
  kind: 'appointment';
  orderId: string;
  transactionId: string | null;
  appointment: Appointment;
  tier: Tier;
  rank: Rank;
}

/** A critical result of an order; only that there was one, and when. */
export interface CriticalPayload {
  kind: 'critical';
  orderId: string;
  at: string;
}

export type Payload =
  | OrderPayload
  | AppointmentPayload
  | CriticalPayload
  | { kind: 'nothing' | 'ignored' | 'quarantined' };
