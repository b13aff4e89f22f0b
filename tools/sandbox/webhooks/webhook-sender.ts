import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'svix';
import type { Delivery } from './delivery-plan.ts';

/** The pauses before attempts two to eight, in milliseconds. Junction's own add up to 27.6 hours. */
const LOCAL_RETRY_DELAYS_MS = [20, 100, 300, 700, 1_500, 2_500, 2_500];

/** Junction's timeout for a response (ms). */
const ANSWER_TIMEOUT_MS = 15_000;

interface Sending {
  url: string;
  /** `whsec_…`; several secrets, separated by commas, all sign, as during a rotation. */
  secret: string;
  /** The maximum number of concurrent requests; 8 by default. */
  concurrency?: number;
  /** Called after every attempt. */
  onProgress?: (attempt: Attempt) => void;
  /** The pauses before retries (ms). After the last one, the delivery fails. */
  retryDelaysMs?: readonly number[];
  timeoutMs?: number;
  /** The names of the signature headers: Svix's own (default), or those of Standard Webhooks. */
  headers?: 'svix' | 'webhook';
  /** The sender's clock, which gives the timestamp of each signature. */
  clock?: () => Date;
  /** Stops sending and aborts requests in flight. */
  signal?: AbortSignal;
}

export interface Attempt {
  delivery: Delivery;
  /** From 1. */
  attempt: number;
  /** Null if no response arrived in time. */
  status: number | null;
  /** The outcome in the response body, if any. */
  outcome: string | null;
  accepted: boolean;
  durationMs: number;
  /** The number of finished deliveries, and of all. */
  settled: number;
  total: number;
}

export interface DeliverySummary {
  /** Requests made. */
  sent: number;
  /** Deliveries that were finally answered with 2xx. */
  accepted: number;
  /** Requests beyond the first of each delivery. */
  retried: number;
  /** Failed deliveries. */
  failed: number;
  /** Accepted deliveries by the outcome in the last answer. */
  outcomes: Record<string, number>;
  failures: Delivery[];
}

export type Answer = Pick<Attempt, 'status' | 'outcome' | 'durationMs'>;

/** Sends deliveries over HTTP in their planned order, as Svix does: at least once, until a 2xx response. */
export async function deliver(deliveries: readonly Delivery[], sending: Sending): Promise<DeliverySummary> {
  const summary: DeliverySummary = {
    sent: 0,
    accepted: 0,
    retried: 0,
    failed: 0,
    outcomes: {},
    failures: [],
  };
  const turn = turnstile(sending.concurrency ?? 8);
  const delays = sending.retryDelaysMs ?? LOCAL_RETRY_DELAYS_MS;
  const sign = signer(sending);
  const total = deliveries.length;

  const attemptOnce = async (delivery: Delivery, attempt: number): Promise<boolean> => {
    const answer = await turn(() => post(delivery, sign(delivery), sending));
    const isHeard = attempt > (delivery.unheardAnswers ?? 0);
    const accepted = isHeard && answer.status !== null && answer.status >= 200 && answer.status < 300;
    summary.sent += 1;
    if (attempt > 1) summary.retried += 1;
    if (accepted) {
      summary.accepted += 1;
      const outcome = answer.outcome ?? 'none';
      summary.outcomes[outcome] = (summary.outcomes[outcome] ?? 0) + 1;
    } else if (attempt > delays.length || sending.signal?.aborted) {
      summary.failed += 1;
      summary.failures.push(delivery);
    }
    const settled = summary.accepted + summary.failed;
    sending.onProgress?.({ delivery, attempt, ...answer, accepted, settled, total });
    return accepted;
  };

  const untilAccepted = async (delivery: Delivery): Promise<void> => {
    for (let attempt = 1; attempt <= delays.length + 1; attempt += 1) {
      if ((await attemptOnce(delivery, attempt)) || sending.signal?.aborted) return;
      // A stop ends the pause early; the next attempt then fails at once and is counted.
      await sleep(delays[attempt - 1] ?? 0, undefined, { signal: sending.signal }).catch(() => undefined);
    }
  };

  await Promise.all(deliveries.map(untilAccepted));
  return summary;
}

export type Signing = Pick<Sending, 'secret' | 'headers' | 'clock'>;

/** The signature headers of an attempt, which contain its time. */
export function signer({ secret, headers: prefix = 'svix', clock = () => new Date() }: Signing) {
  const keys = secret.split(',').map((one) => new Webhook(one.trim()));
  return (delivery: Pick<Delivery, 'svixId' | 'body'>): Record<string, string> => {
    const now = clock();
    return {
      [`${prefix}-id`]: delivery.svixId,
      [`${prefix}-timestamp`]: String(Math.floor(now.getTime() / 1000)),
      [`${prefix}-signature`]: keys.map((key) => key.sign(delivery.svixId, now, delivery.body)).join(' '),
    };
  };
}

export async function post(
  delivery: Pick<Delivery, 'body'>,
  headers: Record<string, string>,
  sending: Pick<Sending, 'url' | 'timeoutMs' | 'signal'>,
): Promise<Answer> {
  const begun = performance.now();
  const timeout = AbortSignal.timeout(sending.timeoutMs ?? ANSWER_TIMEOUT_MS);
  const signal = sending.signal ? AbortSignal.any([timeout, sending.signal]) : timeout;
  try {
    const response = await fetch(sending.url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Svix-Webhooks/1.64' },
      body: delivery.body,
      redirect: 'manual',
      signal,
    });
    const text = await response.text();
    return { status: response.status, outcome: outcomeIn(text), durationMs: performance.now() - begun };
  } catch {
    // A sender treats a refused, reset or slow connection alike: as no response.
    return { status: null, outcome: null, durationMs: performance.now() - begun };
  }
}

function outcomeIn(text: string): string | null {
  try {
    const { outcome } = JSON.parse(text) as { outcome?: unknown };
    return typeof outcome === 'string' ? outcome : null;
  } catch {
    return null;
  }
}

/** A semaphore; waiters continue in order of arrival. */
function turnstile(places: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
