import type { Instant } from '../../domain/instant.ts';
import type { CheckedChange } from '../../domain/stored/junction-check.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import type { JunctionClient, NewestOrder } from '../../junction/client.ts';
import { JunctionUnavailable } from '../../junction/unavailable.ts';
import { readOrder } from '../../store/orders/read-order.ts';
import type { Table } from '../../store/table.ts';
import type { Projection } from '../recompute.ts';
import { reconcileTransaction } from './ask-junction.ts';
import { OptionalRoutes } from './optional-routes.ts';

/** The outcome of asking Junction about a transaction. */
export type GuardedAnswer =
  | { readonly kind: 'answered'; readonly changes: readonly CheckedChange[] }
  /** Junction was asked and gave no usable answer. */
  | { readonly kind: 'unanswered'; readonly reason: string }
  /** Junction does not know it, because the API key belongs to another team. */
  | { readonly kind: 'other_team' }
  /** Junction was not asked, because it is down. */
  | { readonly kind: 'down' };

/** After this many failures in a row, another request shows whether Junction is down. */
const MAX_FAILURES = 8;

/**
 * Asks Junction about transactions one by one, and guards against two mistakes: it stops when Junction is down, and it takes
 * an unknown transaction for an answer only if Junction knows the orders that are stored here.
 */
export class JunctionGuard {
  readonly #projection: Projection;
  readonly #api: JunctionClient;
  readonly #now: Instant;
  readonly #optional: OptionalRoutes;
  /** Failures in a row. */
  #failures = 0;
  /** Whether Junction answers at all. Requested after too many failures in a row. */
  #isUp: Promise<boolean> | undefined;
  #newestOrders: Promise<readonly NewestOrder[] | null> | undefined;
  /** Whether Junction knows the orders that are stored here. */
  #knowsOurs: Promise<boolean> | undefined;

  constructor(
    projection: Projection,
    api: JunctionClient,
    now: Instant,
    optional: OptionalRoutes = new OptionalRoutes(now),
  ) {
    this.#projection = projection;
    this.#api = api;
    this.#now = now;
    this.#optional = optional;
  }

  /** Asks about a transaction and joins the answer. Does not throw. */
  async ask(stored: StoredTransaction): Promise<GuardedAnswer> {
    if (this.#failures >= MAX_FAILURES && !(await this.#answersAnything())) return { kind: 'down' };
    try {
      const changes = await reconcileTransaction(
        this.#projection,
        this.#api,
        stored,
        this.#now,
        'what_differs',
        this.#optional,
      );
      this.#failures = 0;
      return { kind: 'answered', changes };
    } catch (error) {
      return this.#afterFailure(error, stored.team_id);
    }
  }

  async #afterFailure(error: unknown, team: string | null): Promise<GuardedAnswer> {
    if (!(error instanceof JunctionUnavailable)) return { kind: 'unanswered', reason: reasonOf(error) };
    if (error.reason === 'not_known') {
      const newest = await this.#newest();
      if (newest && !mayHaveKeyOf(team, newest)) {
        this.#failures = 0;
        return { kind: 'other_team' };
      }
      if (newest && (await this.#isOurs(newest))) {
        // It is our API, and it no longer knows this transaction: that counts as an answer.
        this.#failures = 0;
        return { kind: 'answered', changes: [] };
      }
    }
    this.#failures = error.down ? this.#failures + 1 : 0;
    return { kind: 'unanswered', reason: error.message };
  }

  /** Transactions that fail individually must not look like an outage, or the others would never be checked. */
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

  /** Junction's newest orders, requested once; null if it does not answer. */
  #newest(): Promise<readonly NewestOrder[] | null> {
    this.#newestOrders ??= this.#api.newestOrders().catch(() => null);
    return this.#newestOrders;
  }

  #isOurs(newest: readonly NewestOrder[]): Promise<boolean> {
    this.#knowsOurs ??= knowsOurOrders(this.#projection.table, newest).catch(() => false);
    return this.#knowsOurs;
  }
}

/** Whether the key that lists these orders may belong to this team. Not decided if no order names its team. */
function mayHaveKeyOf(team: string | null, newest: readonly NewestOrder[]): boolean {
  const teams = newest.flatMap(({ team_id }) => team_id ?? []);
  return team === null || teams.length === 0 || teams.includes(team);
}

/** Whether Junction knows the orders that are stored here. If not, the API key belongs to another team or environment. */
async function knowsOurOrders(table: Table, newest: readonly NewestOrder[]): Promise<boolean> {
  // Without any orders, this cannot be decided.
  if (newest.length === 0) return true;
  const held = await Promise.all(newest.map(({ id }) => readOrder(table, id)));
  return held.some((record) => record !== null && record.snapshot !== null);
}

/**
 * Whether the key is one for what is stored here of this team, so that it proves something that Junction does not know it.
 *
 * @throws JunctionUnavailable
 */
export async function isKeyProven(table: Table, api: JunctionClient, team: string | null): Promise<boolean> {
  const newest = await api.newestOrders();
  return mayHaveKeyOf(team, newest) && (await knowsOurOrders(table, newest));
}

/** The reason of a failure, for the log. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
}
