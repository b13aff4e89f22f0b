import type { ApiAnswer, ApiRequest } from '../api/api.ts';
import { type RouteName, routeOf } from '../api/routes.ts';

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

/** A request with what was sent and answered, for people. */
export interface RequestDetail extends LoggedRequest {
  /** Counts the requests since the start. */
  id: number;
  at: string;
  query: string;
  /** JSON; null if there is none, or if it is not text. */
  body: string | null;
  answer: string | null;
}

const KEPT = 5_000;
const KEPT_DETAILS = 100;

/** Counts all requests by route, and keeps the last few thousand. */
export class RequestLog {
  readonly #counts = new Map<RouteName, number>();
  #entries: LoggedRequest[] = [];
  #added = 0;
  #last: { id: number; entry: LoggedRequest; at: Date; request: ApiRequest; answer: ApiAnswer | null }[] = [];

  add(request: ApiRequest, fault: string | null, answer: ApiAnswer | null): void {
    const { method, path } = request;
    const route = routeOf({ method, path });
    this.#counts.set(route, (this.#counts.get(route) ?? 0) + 1);
    const entry = { route, method, path, fault, status: answer?.status ?? null };
    this.#entries.push(entry);
    if (this.#entries.length > 2 * KEPT) this.#entries = this.#entries.slice(-KEPT);
    this.#added += 1;
    this.#last.push({ id: this.#added, entry, at: new Date(), request, answer });
    if (this.#last.length > KEPT_DETAILS) this.#last.shift();
  }

  /** The last hundred requests with their bodies, oldest first. */
  details(): RequestDetail[] {
    return this.#last.map(({ id, entry, at, request, answer }) => ({
      id,
      ...entry,
      at: at.toISOString(),
      query: request.query.toString(),
      body: textOf(request.body),
      answer: textOf(answer?.body),
    }));
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
    this.#last = [];
  }
}

function textOf(body: unknown): string | null {
  return body === undefined || typeof body === 'symbol' || Buffer.isBuffer(body)
    ? null
    : JSON.stringify(body);
}
