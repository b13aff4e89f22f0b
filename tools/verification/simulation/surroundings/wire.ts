/** Requests on their way: each waits for its turn, and some fail as networks and services do. */
import type { Invocation, Scheduler } from './scheduler.ts';

/** One in this many requests fails in this way; 0 for never. */
export interface NetworkFaults {
  /** The service refuses it. */
  readonly throttled: number;
  /** It does not arrive. */
  readonly lost: number;
  /** It takes effect, and the sender gets no answer. */
  readonly timedOut: number;
  /** It takes effect, and the sender sees a closed connection, so it may send it again. */
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

/** A request of an AWS client to its service. */
export interface CommandRequest {
  readonly service: Service;
  readonly command: { readonly input: object };
}

export type Service = 'dynamodb' | 'events' | 'logs' | 'secretsmanager' | 'sns';

/** What the client makes of the answer. */
export type Outcome = { readonly output: unknown } | { readonly error: Error };

/** The result of a request: an answer, or none. */
export type Fate<Answer> = Answer | 'refused' | 'reset' | 'silence';

/** A request that has arrived. */
export interface Arrived<Answer> {
  /** For the trace. */
  readonly what: () => string;
  readonly work: () => Answer | Promise<Answer>;
  /** The service's answers if it refuses the request. */
  readonly refusals: readonly (() => Answer)[];
  /** It refuses one in this many while faults occur, if it can refuse at all. */
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
  // An interrupted invocation may still be running.
  if (isGiven() && chance.oneIn(2)) return 'silence';
  const { throttled, lost, timedOut, sentAgain } = faults();
  const strikes = (oneIn: number, fault: string) => {
    if (oneIn === 0 || !chance.oneIn(oneIn)) return false;
    chance.note(`      ${fault}`);
    return true;
  };
  if (strikes(throttled && (refusedOneIn ?? throttled), 'is refused')) return chance.one(refusals)();
  if (strikes(lost, 'does not arrive')) return chance.one(['refused', 'reset', 'silence'] as const);
  const answer = await work();
  if (strikes(sentAgain, 'takes effect and is cut off')) return 'reset';
  if (strikes(timedOut, 'takes effect and is never answered')) return 'silence';
  return answer;
}
