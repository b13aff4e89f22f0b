import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'svix';
import type { Delivery } from './delivery-plan.ts';

/** Waits before attempts two to eight, in milliseconds. Junction's own spread over 27.6 hours. */
const LOCAL_RETRY_DELAYS_MS = [20, 100, 300, 700, 1_500, 2_500, 2_500];

/** Junction waits so long for an answer. */
const ANSWER_TIMEOUT_MS = 15_000;

interface Sending {
  url: string;
  /** `whsec_…`; several, separated by commas, each sign: as while one is being rotated. */
  secret: string;
  /** Requests in flight at once; 8 by default. */
  concurrency?: number;
  /** Called after every attempt. */
  onProgress?: (attempt: Attempt) => void;
  /** Waits before the second and further attempts; when they are used up, the delivery has failed. */
  retryDelaysMs?: readonly number[];
  timeoutMs?: number;
  /** Names of the signature headers: Svix's own (default), or those of Standard Webhooks. */
  headers?: 'svix' | 'webhook';
  /** The sender's clock: an attempt is signed with the time it is made. */
  clock?: () => Date;
  /** Stops: nothing new is sent, what is in flight is cut off. */
  signal?: AbortSignal;
}

export interface Attempt {
  delivery: Delivery;
  /** From 1. */
  attempt: number;
  /** Null: no answer in time, or none at all. */
  status: number | null;
  /** As in the body of the answer, where there is one. */
  outcome: string | null;
  accepted: boolean;
  durationMs: number;
  /** How many deliveries have been accepted or given up, of how many. */
  settled: number;
  total: number;
}

export interface DeliverySummary {
  /** Requests made. */
  sent: number;
  /** Deliveries answered 2xx in the end. */
  accepted: number;
  /** Requests beyond the first of each delivery. */
  retried: number;
  /** Deliveries given up. */
  failed: number;
  /** Accepted deliveries by the outcome in the last answer. */
  outcomes: Record<string, number>;
  failures: Delivery[];
}

type Answer = Pick<Attempt, 'status' | 'outcome' | 'durationMs'>;

/** Sends what was planned, in that order, over HTTP, as Svix does: at least once, until a 2xx. */
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
      // A stop ends the wait early; the attempt that follows fails at once and is counted.
      await sleep(delays[attempt - 1] ?? 0, undefined, { signal: sending.signal }).catch(() => undefined);
    }
  };

  await Promise.all(deliveries.map(untilAccepted));
  return summary;
}

type Signing = Pick<Sending, 'secret' | 'headers' | 'clock'>;

/** The signature headers of one attempt, made anew for each: they carry its time. */
function signer({ secret, headers: prefix = 'svix', clock = () => new Date() }: Signing) {
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

async function post(delivery: Delivery, headers: Record<string, string>, sending: Sending): Promise<Answer> {
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
    // Refused, reset or too slow: to a sender of webhooks these are one and the same, no answer.
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

/** Lets so many in at once, the others in the order they came. */
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
