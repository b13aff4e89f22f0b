import type {
  ClientFacingAppointment,
  ClientFacingOrder,
  LabResultsRaw,
  UnmatchedResult,
} from '@junction-api/sdk/serialization';
import type { Instant } from '../time.ts';
import type { Modality } from './lab-tests.ts';

/** An order as Junction's API returns it from `at` on. */
export interface Known {
  at: string;
  clientUserId: string;
  /** The fields that the API filters orders by. */
  facts: OrderFacts;
  order: ClientFacingOrder.Raw;
  results: KnownResults;
}

export interface OrderFacts {
  orderId: string;
  transactionId: string;
  userId: string;
  modality: Modality;
  low: string;
  interpretation: string | null;
  createdAt: Instant;
  updatedAt: Instant;
  activateBy: Instant | null;
  patientName: string;
  birthDate: string;
  receiverName: string;
}

/** Null until something is reported. */
interface KnownResults {
  order: LabResultsRaw.Raw | null;
  /** The combined results of all orders of the transaction. */
  transaction: LabResultsRaw.Raw | null;
}

/** An unmatched result as the API returns it from `at` on. */
export interface KnownReview {
  at: string;
  review: UnmatchedResult.Raw;
}

/** An appointment as the API returns it from `at` on. */
export interface KnownAppointment {
  at: string;
  orderId: string;
  appointment: ClientFacingAppointment.Raw;
}
