import type { ApiRequest } from './api.ts';
import { type RouteName, routeOf } from './routes.ts';

/** An authenticated request. */
export interface LoggedRequest {
  route: RouteName;
  method: string;
  path: string;
  /** The id of the fault that applied; null if none did. */
  fault: string | null;
  /** Null if the connection was reset. */
  status: number | null;
}

const KEPT = 5_000;

/** Counts all requests by route, and keeps the last few thousand. */
export class RequestLog {
  readonly #counts = new Map<RouteName, number>();
  #entries: LoggedRequest[] = [];

  add({ method, path }: ApiRequest, fault: string | null, status: number | null): void {
    const route = routeOf({ method, path });
    this.#counts.set(route, (this.#counts.get(route) ?? 0) + 1);
    this.#entries.push({ route, method, path, fault, status });
    if (this.#entries.length > 2 * KEPT) this.#entries = this.#entries.slice(-KEPT);
  }

  /** Counts by route, as `{"GET /v3/order/{order_id}": 3}`, without routes that were never called. */
  counts(): Partial<Record<RouteName, number>> {
    return Object.fromEntries(this.#counts);
  }

  /** The number of requests to a route, or of all. */
  count(route?: RouteName): number {
    if (route) return this.#counts.get(route) ?? 0;
    return [...this.#counts.values()].reduce((sum, one) => sum + one, 0);
  }

  /** The last few thousand requests, oldest first; only those with the id in their path, if one is given. */
  entries(id?: string): readonly LoggedRequest[] {
    const last = this.#entries.slice(-KEPT);
    return id === undefined ? last : last.filter(({ path }) => path.includes(id));
  }

  clear(): void {
    this.#counts.clear();
    this.#entries = [];
  }
}
