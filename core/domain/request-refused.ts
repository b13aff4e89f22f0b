/** A request that the current state does not allow. Callers see the message, so it must not hold anything internal. */
export abstract class RequestRefused extends Error {
  /** Whether the thing that the request names does not exist, or is in a state that conflicts with the request. */
  abstract readonly kind: 'not_found' | 'conflict';
}
