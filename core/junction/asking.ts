import type { OrderTransactionClient } from '@junction-api/sdk/orderTransaction';
import type * as z from 'zod/mini';
import { JunctionUnavailable, retryAfterOf, type Trouble } from './unavailable.ts';

/** How the clients of the official SDK are told where and how to ask. */
export type ClientOptions = OrderTransactionClient.Options;

export interface AskingOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** The milliseconds a request may take now: what is left of the time there is. */
  readonly timeLeft: () => number;
  /** How often a request is tried, in all. */
  readonly attempts?: number;
  /** Waits before the attempt of this number, from 1. */
  readonly pause: (attempt: number) => Promise<void>;
}

const LONGEST_REQUEST = 10_000;
const ATTEMPTS = 4;
/** Answers after which the same request may succeed: too slow, too many, and faults of the other side. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);
/** Answers that say that there is nothing, for whatever reason. */
const NOT_THERE: ReadonlySet<number> = new Set([404]);

/** What was heard of one attempt. The SDK tells less of it. */
interface Heard {
  /** Of the answer, once all of it has come. */
  status: number | null;
  text: string;
  retryAfter: string | null;
  /** Of the SDK's own time limit: what it throws then does not say so. */
  limit: AbortSignal | null;
}

/**
 * Asks Junction through the official SDK. Answers are read from their text: the SDK's own types cut microseconds, and
 * refuse an answer as a whole for a field that nobody here needs.
 */
export class Asking {
  readonly #options: AskingOptions;

  constructor(options: AskingOptions) {
    this.#options = options;
  }

  /**
   * The answer by its schema; null where there is nothing. What may pass is asked again: the SDK's own retries would wait
   * as long as they are told to. Throws JunctionUnavailable.
   */
  async ask<Schema extends z.ZodMiniType>(
    schema: Schema,
    request: (options: ClientOptions) => Promise<unknown>,
    notThere: ReadonlySet<number> = NOT_THERE,
  ): Promise<z.output<Schema> | null> {
    const { attempts = ATTEMPTS, timeLeft, pause } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      const heard = await this.#hear(request);
      const json = parseJson(heard.text);
      if (heard.status !== null && notThere.has(heard.status)) {
        // Whatever else stands at a wrong address answers with a page, or with nothing.
        if (typeof json === 'object' && json !== null) return null;
        throw undocumented();
      }
      if (isOk(heard) && json !== undefined) return documented(schema, json);
      const mayPass = heard.status === null || isOk(heard) || PASSING.has(heard.status);
      if (!mayPass || attempt === attempts || timeLeft() <= 0) throw unavailable(heard);
      await pause(attempt);
    }
  }

  /** Sends one request, and gives what was heard of its answer. */
  async #hear(request: (options: ClientOptions) => Promise<unknown>): Promise<Heard> {
    const { baseUrl, apiKey, timeLeft } = this.#options;
    const heard: Heard = { status: null, text: '', retryAfter: null, limit: null };
    try {
      await request({
        baseUrl,
        apiKey,
        maxRetries: 0,
        timeoutInSeconds: Math.max(1, Math.min(LONGEST_REQUEST, timeLeft())) / 1_000,
        fetch: async (input, init) => {
          heard.limit = init?.signal ?? null;
          const response = await fetch(input, init);
          heard.text = await response.clone().text();
          heard.retryAfter = response.headers.get('retry-after');
          heard.status = response.status;
          return response;
        },
      });
    } catch {
      // What was heard says more than what the SDK makes of it.
    }
    return heard;
  }
}

function isOk({ status }: Heard): boolean {
  return status !== null && status >= 200 && status < 300;
}

function documented<Schema extends z.ZodMiniType>(schema: Schema, json: unknown): z.output<Schema> {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw undocumented();
  return parsed.data;
}

/** An answer that is something else than what Junction documents. */
export function undocumented(): JunctionUnavailable {
  return new JunctionUnavailable("Junction's API answered something else than documented", 'undocumented');
}

function unavailable(heard: Heard): JunctionUnavailable {
  if (isOk(heard)) return undocumented();
  const said = heard.status ?? (heard.limit?.aborted ? 'too slow' : 'no answer');
  return new JunctionUnavailable(
    `Junction's API did not answer: ${said}`,
    troubleOf(heard),
    retryAfterOf(heard.retryAfter),
  );
}

function troubleOf({ status, limit }: Heard): Trouble {
  switch (status) {
    case null:
      return limit?.aborted ? 'timeout' : 'failed';
    case 401:
    case 403:
      return 'key_refused';
    case 429:
      return 'busy';
    case 408:
    case 504:
      return 'timeout';
    default:
      return PASSING.has(status) ? 'failed' : 'undocumented';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
