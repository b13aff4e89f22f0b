import { setTimeout as sleep } from 'node:timers/promises';
import { median, percentile } from '../figures.ts';
import type { SentWebhook } from '../peers/peer.ts';
import { Progress } from '../progress.ts';
import { delivered } from './units.ts';
import type { Contender } from './with-all-peers.ts';

/** The speed of a peer with a number of webhooks in flight, over several rounds. */
export interface Speed {
  readonly peer: string;
  readonly inFlight: number;
  readonly rounds: number;
  readonly webhooks: number;
  /** Times of the function (ms). */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Webhooks per second, the median of the rounds. */
  readonly perSecond: number;
  /** The lowest and the highest of the rounds. */
  readonly perSecondSpread: readonly [number, number];
}

/** The time from the answer of a webhook until its transaction shows it (ms). Zero if it is computed when it is read. */
export interface Lag {
  readonly peer: string;
  readonly webhooks: number;
  readonly p50: number;
  readonly p99: number;
}

export const IN_FLIGHT = [1, 8, 64] as const;
const GIVE_UP_MS = 1_000;

/** The peers take turns, a round each, so that disturbances of the machine affect all of them. Every webhook is new to each peer. */
export async function speedOf(
  contenders: readonly Contender[],
  webhooks: readonly SentWebhook[],
  rounds: number,
): Promise<Speed[]> {
  const speeds: Speed[] = [];
  const perRound = Math.floor(webhooks.length / (IN_FLIGHT.length * (rounds + 1)));
  let next = 0;
  const progress = new Progress('Speed', IN_FLIGHT.length * (rounds + 1) * contenders.length);
  for (const inFlight of IN_FLIGHT) {
    const times = new Map<Contender, { walls: number[]; rates: number[] }>(
      contenders.map((contender) => [contender, { walls: [], rates: [] }]),
    );
    // The first round warms up.
    for (let round = 0; round <= rounds; round += 1) {
      const chunk = webhooks.slice(next, next + perRound);
      next += perRound;
      for (const contender of rotated(contenders, round)) {
        const { walls, seconds } = await timed(contender, chunk, inFlight);
        const measured = times.get(contender);
        if (round > 0) {
          measured?.walls.push(...walls);
          measured?.rates.push(chunk.length / seconds);
        }
        progress.step();
      }
    }
    speeds.push(
      ...[...times].map(([{ peer }, { walls, rates }]) => summary(peer.name, inFlight, walls, rates)),
    );
  }
  return speeds;
}

/** The first peer gets cold caches, so the order rotates. */
function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const first = by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}

async function timed({ running }: Contender, webhooks: readonly SentWebhook[], inFlight: number) {
  const walls: number[] = [];
  const waiting = webhooks.values();
  const worker = async () => {
    for (const webhook of waiting) walls.push(await delivered(running, webhook));
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - begun) / 1000;
  // Wait for background work, so that it does not disturb the next peer.
  await running.settled();
  return { walls, seconds };
}

function summary(peer: string, inFlight: number, walls: number[], rates: number[]): Speed {
  return {
    peer,
    inFlight,
    rounds: rates.length,
    webhooks: walls.length,
    p50: median(walls),
    p95: percentile(walls, 0.95),
    p99: percentile(walls, 0.99),
    perSecond: median(rates),
    perSecondSpread: [Math.min(...rates), Math.max(...rates)],
  };
}

/** One webhook at a time, in turn. */
export async function lagOf(
  contenders: readonly Contender[],
  webhooks: readonly SentWebhook[],
): Promise<Lag[]> {
  const lags = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));
  const progress = new Progress('Lag', webhooks.length);
  for (const webhook of webhooks) {
    for (const contender of contenders) {
      const lag = await lagAfter(contender, webhook);
      if (lag !== null) lags.get(contender)?.push(lag);
    }
    progress.step();
  }
  return [...lags].map(([{ peer }, times]) => ({
    peer: peer.name,
    webhooks: times.length,
    p50: median(times),
    p99: percentile(times, 0.99),
  }));
}

/** Null if the webhook changed nothing. */
async function lagAfter({ running }: Contender, webhook: SentWebhook): Promise<number | null> {
  const before = running.processed?.() ?? 0;
  await delivered(running, webhook);
  if (!running.processed) return 0;
  const answered = performance.now();
  while (running.processed() === before) {
    if (performance.now() - answered > GIVE_UP_MS) return null;
    await sleep(1);
  }
  return performance.now() - answered;
}
