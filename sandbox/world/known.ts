import type {
  ClientFacingAppointment,
  ClientFacingOrder,
  LabResultsRaw,
} from '@junction-api/sdk/serialization';
import type { Instant } from '../time.ts';
import type { Modality } from './lab-tests.ts';

/** An order as Junction's API would answer from `at` on. */
export interface Known {
  at: string;
  clientUserId: string;
  /** What the API finds orders by, without reading them. */
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
}

/** Null as long as nothing has been reported. */
interface KnownResults {
  order: LabResultsRaw.Raw | null;
  /** Of all orders of the transaction together. */
  transaction: LabResultsRaw.Raw | null;
}

/** A booking as the API would answer from `at` on. */
export interface KnownAppointment {
  at: string;
  orderId: string;
  appointment: ClientFacingAppointment.Raw;
}
