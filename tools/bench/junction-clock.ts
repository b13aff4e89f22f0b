import type { Journey } from '../sandbox/journeys/journeys.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { instantOf } from '../sandbox/time.ts';

/** Junction's API, which knows no more than what has happened until the newest webhook was sent. */
export interface JunctionAtTime {
  readonly url: string;
  /** Moves the clock forward to the time of a webhook. */
  reach(knownAt: string): void;
  setClock(now: Date): void;
  /** The requests so far. */
  requests(): number;
  close(): Promise<void>;
}

export async function startJunctionAt(journeys: readonly Journey[]): Promise<JunctionAtTime> {
  const { url, junction, requests, close }: Sandbox = await startSandbox({ journeys });
  let reached = 0;
  const setClock = (now: Date) => {
    reached = now.getTime();
    junction.setClock(now);
  };
  setClock(new Date(0));
  return {
    url,
    setClock,
    reach: (knownAt) => setClock(new Date(Math.max(reached, Math.ceil(instantOf(knownAt) / 1000)))),
    requests: () => requests.length,
    close,
  };
}
