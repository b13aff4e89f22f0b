/** Requests on their way: each waits its turn until it gets there, and some fail as networks and services do. */
import type { Invocation, Scheduler } from './scheduler.ts';

/** One in so many requests fails like this; 0 for never. */
export interface NetworkFaults {
  /** The service turned it away. */
  readonly throttled: number;
  /** It did not get there. */
  readonly lost: number;
  /** It was done, and the sender waits for the answer in vain. */
  readonly timedOut: number;
  /** It was done, and the sender is told that the connection is gone: so it may send it again. */
  readonly sentAgain: number;
}

export const NO_NETWORK_FAULTS: NetworkFaults = { throttled: 0, lost: 0, timedOut: 0, sentAgain: 0 };

export interface WireRequest {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a service of AWS is asked by its client. */
export interface CommandRequest {
  readonly service: Service;
  readonly command: { readonly input: object };
}

export type Service = 'dynamodb' | 'events' | 'secretsmanager';

/** What the client makes of the answer. */
export type Outcome = { readonly output: unknown } | { readonly error: Error };

/** What becomes of a request: an answer, or none. */
export type Fate<Answer> = Answer | 'refused' | 'reset' | 'silence';

/** A request that has got there. */
export interface Arrived<Answer> {
  /** For the trace. */
  readonly what: () => string;
  readonly work: () => Answer | Promise<Answer>;
  /** What the service answers where it does nothing. */
  readonly refusals: readonly (() => Answer)[];
  /** One in so many it refuses in bad weather, where that is its own affair. */
  readonly refusedOneIn?: number;
}

export async function carried<Answer>(
  chance: Scheduler,
  invocation: Invocation,
  faults: () => NetworkFaults,
  { what, work, refusals, refusedOneIn }: Arrived<Answer>,
  isGiven: () => boolean,
): Promise<Fate<Answer>> {
  await chance.turn(invocation, what);
  // What was given up may be under way still.
  if (isGiven() && chance.oneIn(2)) return 'silence';
  const { throttled, lost, timedOut, sentAgain } = faults();
  const strikes = (oneIn: number, fault: string) => {
    if (oneIn === 0 || !chance.oneIn(oneIn)) return false;
    chance.note(`      ${fault}`);
    return true;
  };
  if (strikes(throttled && (refusedOneIn ?? throttled), 'is turned away')) return chance.one(refusals)();
  if (strikes(lost, 'does not get there')) return chance.one(['refused', 'reset', 'silence'] as const);
  const answer = await work();
  if (strikes(sentAgain, 'is done, and cut off')) return 'reset';
  if (strikes(timedOut, 'is done, and never answered')) return 'silence';
  return answer;
}
