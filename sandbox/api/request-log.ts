import type { ApiRequest } from './api.ts';
import { type RouteName, routeOf } from './routes.ts';

/** One authenticated request. */
export interface LoggedRequest {
  route: RouteName;
  method: string;
  path: string;
  /** The id of the rule that answered instead of Junction, or made it wait; null: the truth at once. */
  fault: string | null;
  /** Null: the connection was reset. */
  status: number | null;
}

const KEPT = 5_000;

/** How often the API was asked: all of it as counts, and the last few thousand requests one by one. */
export class RequestLog {
  readonly #counts = new Map<RouteName, number>();
  #entries: LoggedRequest[] = [];

  add({ method, path }: ApiRequest, fault: string | null, status: number | null): void {
    const route = routeOf({ method, path });
    this.#counts.set(route, (this.#counts.get(route) ?? 0) + 1);
    this.#entries.push({ route, method, path, fault, status });
    if (this.#entries.length > 2 * KEPT) this.#entries = this.#entries.slice(-KEPT);
  }

  /** Requests by route, as `{"GET /v3/order/{order_id}": 3}`; routes never asked are not in it. */
  counts(): Partial<Record<RouteName, number>> {
    return Object.fromEntries(this.#counts);
  }

  /** Requests to a route, or all of them. */
  count(route?: RouteName): number {
    if (route) return this.#counts.get(route) ?? 0;
    return [...this.#counts.values()].reduce((sum, one) => sum + one, 0);
  }

  /** The last thousands of requests, oldest first; those whose path names the id, if one is given. */
  entries(id?: string): readonly LoggedRequest[] {
    const last = this.#entries.slice(-KEPT);
    return id === undefined ? last : last.filter(({ path }) => path.includes(id));
  }

  clear(): void {
    this.#counts.clear();
    this.#entries = [];
  }
}
