/** The switches of the oracle: which decisions of the design the product follows already. */

export interface Rules {
  /**
   * Junction's answers can take back what was heard, an event's id is its identity, and `last_event` goes before the
   * position in the list.
   */
  corrections: boolean;
  /** A report covers a transaction only if every order that it lists is in the transaction, too. */
  coversBothWays: boolean;
  /** A redraw that may no longer be needed is a decision, shown as `redraw.decision`. */
  redrawNotNeeded: boolean;
}

export const WITH_CORRECTIONS: Rules = { corrections: true, coversBothWays: true, redrawNotNeeded: true };

/** What else decides the state, beside the facts. */
export interface Circumstances {
  rules?: Rules;
  /** Whether Junction can be asked. Without a key, a contradiction is `unconfirmed` at once. */
  hasKey?: boolean;
  /** RFC 3339: the time of the last sweep that tried to do all planned checks. Answers that it got are facts. */
  sweptAt?: string;
  /** RFC 3339: since when the service watches; absent if nothing is history. */
  watchingSince?: string;
}

export type Resolved = Circumstances & { rules: Rules };

export function resolved(circumstances: Circumstances): Resolved {
  return { ...circumstances, rules: circumstances.rules ?? WITH_CORRECTIONS };
}
