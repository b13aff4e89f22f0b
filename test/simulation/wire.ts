/** Requests on the wire: each waits its turn on the way there, and some fail as networks and services do. */
import type { NetworkFaults } from './network.ts';
import type { Invocation, Scheduler } from './scheduler.ts';

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

/** What becomes of a request: an answer, or none. */
export type Fate = WireAnswer | 'refused' | 'reset' | 'silence';

/** A request that has got there. */
export interface Arrived {
  /** For the trace. */
  readonly what: string;
  readonly work: () => WireAnswer | Promise<WireAnswer>;
  /** What the service answers where it does nothing. */
  readonly refusals: readonly WireAnswer[];
  /** One in so many it refuses in bad weather, where that is its own affair. */
  readonly refusedOneIn?: number;
}

export async function carried(
  chance: Scheduler,
  invocation: Invocation,
  faults: () => NetworkFaults,
  { what, work, refusals, refusedOneIn }: Arrived,
  isGiven: () => boolean,
): Promise<Fate> {
  await chance.turn(invocation, what);
  // What was given up may be under way still.
  if (isGiven() && chance.oneIn(2)) return 'silence';
  const { throttled, lost, timedOut, sentAgain } = faults();
  const strikes = (oneIn: number, fault: string) => {
    if (oneIn === 0 || !chance.oneIn(oneIn)) return false;
    chance.note(`      ${fault}`);
    return true;
  };
  if (strikes(throttled && (refusedOneIn ?? throttled), 'is turned away')) return chance.one(refusals);
  if (strikes(lost, 'does not get there')) return chance.one(['refused', 'reset', 'silence'] as const);
  const answer = await work();
  if (strikes(sentAgain, 'is done, and cut off')) return 'reset';
  if (strikes(timedOut, 'is done, and never answered')) return 'silence';
  return answer;
}
