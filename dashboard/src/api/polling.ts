import type { Query, QueryClient } from '@tanstack/react-query';
import type { Api } from './api-client.ts';

/**
 * Keeps what a visible page shows up to date. Instead of reading everything again every time, it asks whether anything has changed:
 * docs/api.md, Changes.
 */

/** The answer of `GET /v1/changes`. */
export interface Tokens {
  readonly worklist: string;
  readonly everything: string;
}

/** How often a visible page asks what has changed (ms). */
const ASK_EVERY = 15_000;
/** What follows from the passing of time changes no token, so everything is read again this often (ms). */
export const READ_EVERY = 5 * 60_000;

/** The first part of the keys of queries that only depend on what people work through. */
const WORKLISTS: ReadonlySet<unknown> = new Set([
  'redraws',
  'decisions',
  'stalled-orders',
  'critical-results',
  'match-reviews',
  'summary',
]);

/** An observer with this meta shows parts of an answer that other changes concern too, such as totals. */
export const SHOWS_EVERYTHING = { shows: 'everything' } as const;

interface Reading {
  /** The tokens that were known when the reading began. */
  readonly tokens: Tokens | null;
  /** When it began (ms since 1970). */
  readonly at: number;
}

export class Poller {
  readonly #client: QueryClient;
  readonly #api: Pick<Api, 'json'>;
  #tokens: Tokens | null = null;
  /** By the hash of a query. */
  readonly #begun = new Map<string, Reading>();
  readonly #read = new Map<string, Reading>();

  constructor(client: QueryClient, api: Pick<Api, 'json'>) {
    this.#client = client;
    this.#api = api;
  }

  /** @returns stops it */
  start(isVisible: () => boolean = () => document.visibilityState === 'visible'): () => void {
    const unfollow = this.#followReadings();
    const timer = setInterval(() => {
      if (isVisible()) void this.poll();
    }, ASK_EVERY);
    return () => {
      clearInterval(timer);
      unfollow();
    };
  }

  /** Asks once what has changed, and reads what the answer concerns. */
  async poll(): Promise<void> {
    const polled = this.#client.getQueryCache().findAll({ type: 'active', predicate: isPolled });
    if (polled.length === 0) return;
    this.#tokens = await this.#askTokens();
    const now = Date.now();
    for (const query of polled) {
      if (this.#isCurrent(query, now)) confirm(this.#client, query, now);
      else void query.fetch().catch(() => undefined);
    }
  }

  /** Null if there is no answer. Then everything is read, which also shows what is wrong. */
  async #askTokens(): Promise<Tokens | null> {
    try {
      return await this.#api.json<Tokens>('/v1/changes');
    } catch {
      return null;
    }
  }

  #isCurrent(query: Query, now: number): boolean {
    const read = this.#read.get(query.queryHash);
    const { status, isInvalidated } = query.state;
    if (!read?.tokens || !this.#tokens || status !== 'success' || isInvalidated) return false;
    if (now - read.at >= READ_EVERY) return false;
    const part = partOf(query);
    return read.tokens[part] === this.#tokens[part];
  }

  /** A token from before a reading says that the reading is still right. So every reading counts, whatever caused it. */
  #followReadings(): () => void {
    return this.#client.getQueryCache().subscribe((event) => {
      const { queryHash } = event.query;
      if (event.type === 'removed') {
        this.#begun.delete(queryHash);
        this.#read.delete(queryHash);
      }
      if (event.type !== 'updated') return;
      if (event.action.type === 'fetch') this.#begun.set(queryHash, { tokens: this.#tokens, at: Date.now() });
      const begun = this.#begun.get(queryHash);
      // Answers of changes are put into the cache by hand, and say nothing about the rest of a list.
      if (event.action.type === 'success' && !event.action.manual && begun) this.#read.set(queryHash, begun);
    });
  }
}

/** A query with an interval of its own, or with none, says so. */
function isPolled(query: Query): boolean {
  return query.observers.some(
    ({ options }) => options.refetchInterval === undefined && options.enabled !== false,
  );
}

function partOf({ queryKey, observers }: Query): keyof Tokens {
  const showsEverything = observers.some(({ options }) => options.meta?.shows === SHOWS_EVERYTHING.shows);
  return WORKLISTS.has(queryKey[0]) && !showsEverything ? 'worklist' : 'everything';
}

/** The page says how old its data is at most. */
function confirm(client: QueryClient, { queryKey, state }: Query, now: number): void {
  client.setQueryData(queryKey, state.data, { updatedAt: now });
}
