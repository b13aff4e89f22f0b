import type { Instant } from '../domain/instant.ts';
import type { StoredTransaction } from '../domain/transaction/revision.ts';
import type { JunctionClient } from '../junction/client.ts';
import { JunctionUnavailable } from '../junction/unavailable.ts';
import { readOrder } from '../store/orders.ts';
import type { Projection } from './recompute.ts';
import { reconcileTransaction } from './reconcile-transaction.ts';

/** What came of asking Junction about a transaction. */
export type InquiryOutcome =
  | { readonly kind: 'answered'; readonly news: boolean }
  /** It was asked, and gave no answer of use. */
  | { readonly kind: 'unanswered'; readonly reason: string }
  /** It was not asked: it is down. */
  | { readonly kind: 'down' };

/** After so many failures in a row, Junction is asked something else to tell whether it is down. */
const MAX_FAILURES = 8;

/** Asks Junction about one transaction after another, and stops asking once it is down. */
export class JunctionInquiry {
  readonly #projection: Projection;
  readonly #api: JunctionClient;
  readonly #now: Instant;
  /** In a row. */
  #failures = 0;
  /** Whether it answers anything at all; asked for after too many failures in a row. */
  #isUp: Promise<boolean> | undefined;
  /** Whether it knows orders that are known here; asked for once. */
  #knowsOurs: Promise<boolean> | undefined;

  constructor(projection: Projection, api: JunctionClient, now: Instant) {
    this.#projection = projection;
    this.#api = api;
    this.#now = now;
  }

  /** Asks about a transaction and joins the answer. Never throws. */
  async ask(stored: StoredTransaction): Promise<InquiryOutcome> {
    if (this.#failures >= MAX_FAILURES && !(await this.#answersAnything())) return { kind: 'down' };
    try {
      const news = await reconcileTransaction(this.#projection, this.#api, stored, this.#now);
      this.#failures = 0;
      return { kind: 'answered', news };
    } catch (error) {
      return this.#afterFailure(error);
    }
  }

  async #afterFailure(error: unknown): Promise<InquiryOutcome> {
    if (!(error instanceof JunctionUnavailable)) return { kind: 'unanswered', reason: reasonOf(error) };
    if (error.reason === 'not_known' && (await this.#isOurs())) {
      // It is the right Junction, and has forgotten this transaction: that is its answer.
      this.#failures = 0;
      return { kind: 'answered', news: false };
    }
    this.#failures = error.down ? this.#failures + 1 : 0;
    return { kind: 'unanswered', reason: error.message };
  }

  /** Transactions that fail each by themselves must not pass for an outage: the others would never be asked about. */
  #answersAnything(): Promise<boolean> {
    this.#isUp ??= this.#api.newestOrders().then(
      () => {
        this.#failures = 0;
        this.#isUp = undefined;
        return true;
      },
      () => false,
    );
    return this.#isUp;
  }

  /** Whether Junction knows orders that are known here, or else is another team's or environment's. */
  #isOurs(): Promise<boolean> {
    this.#knowsOurs ??= (async () => {
      try {
        const newest = await this.#api.newestOrders();
        // Where there are none, there is nothing to tell it by.
        if (newest.length === 0) return true;
        const held = await Promise.all(newest.map((id) => readOrder(this.#projection.table, id)));
        return held.some((record) => record !== null && record.snapshot !== null);
      } catch {
        return false;
      }
    })();
    return this.#knowsOurs;
  }
}

/** What went wrong, for the log. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
}
