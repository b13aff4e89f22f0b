import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import { eventPattern, type Matches } from './event-pattern.ts';
import type { BusEvent } from './event-rules.ts';

/** A program that gets the events that match. */
export interface EventTarget {
  readonly url: string;
  readonly matches: Matches;
}

const RULE = 'EVENTS_TO must be an http or https URL, or the path of a JSON file with rules';
const rulesSchema = z
  .array(
    z.strictObject({
      to: z.url({ protocol: /^https?$/ }),
      pattern: z.record(z.string(), z.unknown()).default({}),
    }),
  )
  .min(1);

/**
 * Where `EVENTS_TO` sends events: a URL gets every event, and each rule of a file those that match its pattern.
 *
 * @throws Problem for anything else
 */
export function readEventTargets(eventsTo: string): EventTarget[] {
  if (/^https?:/i.test(eventsTo)) {
    if (!URL.canParse(eventsTo)) throw new Problem(`${RULE}, for example http://localhost:3000/hook.`);
    return [{ url: eventsTo, matches: () => true }];
  }
  const { data, error } = rulesSchema.safeParse(readRules(eventsTo));
  if (!data) throw new Problem(`${eventsTo} has no valid rules (EVENTS_TO):\n${z.prettifyError(error)}`);
  return data.map(({ to, pattern }) => ({ url: to, matches: eventPattern(pattern) }));
}

function readRules(path: string): unknown {
  try {
    return JSON.parse(readFileSync(resolve(path), 'utf8'));
  } catch (error) {
    throw new Problem(`${RULE}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

interface ForwardingOptions {
  readonly targets: readonly EventTarget[];
  /** Signs by Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks */
  readonly secret: string;
  /** Shows a line to a person. */
  report(line: string): void;
  /** Waits before an attempt, by its number from 1. */
  pause?(attempt: number): Promise<void>;
  /** Ends the attempts. */
  readonly signal: AbortSignal;
}

const ATTEMPTS = 5;
const TIMEOUT_MS = 5000;

/** Sends events as EventBridge delivers them to a URL. Each target gets one after the other. */
export function eventForwarding(options: ForwardingOptions): (event: BusEvent) => void {
  const senders = options.targets.map((target) => ({ target, send: senderTo(target.url, options) }));
  return (event) => {
    for (const { target, send } of senders) if (target.matches(event)) send(event);
  };
}

function senderTo(
  url: string,
  { secret, report, signal, pause = growingPause }: ForwardingOptions,
): (event: BusEvent) => void {
  const webhook = new Webhook(secret);
  let last = Promise.resolve();
  /** The events that were given up since the target last answered. */
  let lost = 0;

  async function deliver(event: BusEvent): Promise<void> {
    // A target that is down gets one attempt for each event, so that its queue does not grow.
    const attempts = lost > 0 ? 1 : ATTEMPTS;
    const failure = await attempt(event, attempts);
    if (signal.aborted) return;
    if (failure === null) {
      if (lost > 0) report(`${url} answers again. It did not get ${lost} events.`);
      lost = 0;
      return;
    }
    lost += 1;
    if (lost === 1) report(`${url} did not take the event ${event['detail-type']}: ${failure}.`);
  }

  async function attempt(event: BusEvent, attempts: number): Promise<string | null> {
    for (let number = 1; ; number += 1) {
      const failure = await post(url, webhook, event);
      if (failure === null || number === attempts || signal.aborted) return failure;
      await pause(number);
    }
  }

  return (event) => {
    last = last.then(() => (signal.aborted ? undefined : deliver(event)));
  };
}

/** @returns why it failed; null if the target accepted it */
async function post(url: string, webhook: Webhook, event: BusEvent): Promise<string | null> {
  const body = JSON.stringify(event);
  const now = new Date();
  const headers = {
    'content-type': 'application/json',
    'webhook-id': event.id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': webhook.sign(event.id, now, body),
  };
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const { ok, status } = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' });
    return ok ? null : `it answered ${status}`;
  } catch (error) {
    const { cause, message } = error as Error;
    return cause instanceof Error ? cause.message : message;
  }
}

async function growingPause(attempt: number): Promise<void> {
  await new Promise((done) => setTimeout(done, 250 * 2 ** attempt).unref());
}
