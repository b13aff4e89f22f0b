/** A fault in a request: the path of the field, for example `patient_address.zip`, and a sentence about it. */
export interface Fault {
  readonly field: string;
  readonly detail: string;
}

/** An order that may be the one with the unknown outcome. */
export interface CandidateOrder {
  readonly order_id: string;
  readonly order_transaction_id: string | null;
  readonly created_at: string | null;
}

/**
 * A request that is invalid, or not allowed in the current state. Callers see the message and the errors, so they must not
 * contain internal details.
 */
export abstract class RequestRefused extends Error {
  /**
   * Whether the request itself is wrong, the thing that it names does not exist, it conflicts with the current state, or it
   * differs from an earlier request that it claims to repeat.
   */
  abstract readonly kind: 'invalid' | 'not_found' | 'conflict' | 'not_a_repeat';
  /** Every fault of the request, if it can have several. */
  readonly faults?: readonly Fault[] | undefined;
  /** The orders to choose from, if the caller has to. */
  readonly candidates?: readonly CandidateOrder[] | undefined;
  /** The seconds after which the same request may succeed. */
  readonly retryAfter?: number | undefined;
}
