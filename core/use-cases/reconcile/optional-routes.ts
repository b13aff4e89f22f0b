import type { Instant } from '../../domain/instant.ts';
import {
  type FailuresByRoute,
  failedAgain,
  isOffered,
  type OptionalRoute,
  type RouteFailures,
} from '../../domain/optional-route.ts';
import { JunctionUnavailable, type UnavailableReason } from '../../junction/unavailable.ts';

/** In one run, a route is not asked again after this many failures in a row. */
const MAX_FAILURES = 3;
/** A limited rate says nothing about the route. */
const NOT_ABOUT_THE_ROUTE: ReadonlySet<UnavailableReason> = new Set(['busy']);

/**
 * Asks Junction's optional routes in one run, of a sweep for example. A request that fails does not fail what it belongs to. Ask only after
 * the questions that decide were answered, so that an outage does not count as the failure of a route.
 */
export class OptionalRoutes {
  readonly #now: Instant;
  readonly #before: FailuresByRoute;
  /** Failures in a row in this run, and the last one. */
  readonly #failed = new Map<OptionalRoute, { times: number; error: JunctionUnavailable }>();
  readonly #answered = new Set<OptionalRoute>();

  /** @param before the failures in former runs */
  constructor(now: Instant, before: FailuresByRoute = {}) {
    this.#now = now;
    this.#before = before;
  }

  /** Whether Junction is not known to lack the route. */
  isOffered(route: OptionalRoute): boolean {
    return isOffered(this.#before[route], this.#now);
  }

  /** @returns what `request` returns; undefined if the route is not asked or gives no usable answer */
  async ask<Answer>(route: OptionalRoute, request: () => Promise<Answer>): Promise<Answer | undefined> {
    const times = this.#failed.get(route)?.times ?? 0;
    if (!this.isOffered(route) || times >= MAX_FAILURES) return undefined;
    try {
      const answer = await request();
      this.#failed.delete(route);
      this.#answered.add(route);
      return answer;
    } catch (error) {
      if (!(error instanceof JunctionUnavailable)) throw error;
      if (!NOT_ABOUT_THE_ROUTE.has(error.reason)) this.#failed.set(route, { times: times + 1, error });
      return undefined;
    }
  }

  /** What this run changes: the failures of a route, or null for a route that answers again. */
  changes(): ReadonlyMap<OptionalRoute, RouteFailures | null> {
    const changes = new Map<OptionalRoute, RouteFailures | null>();
    for (const [route, { error }] of this.#failed) {
      const failure = { reason: error.message, saysSo: error.reason === 'not_enabled' };
      changes.set(route, failedAgain(this.#before[route], failure, this.#now));
    }
    for (const route of this.#answered) {
      changes.delete(route);
      if (this.#before[route]) changes.set(route, null);
    }
    return changes;
  }
}
