import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../../local/database/embedded-engine.ts';
import type { Journey } from '../../sandbox/journeys/journeys.ts';
import { type JunctionAtTime, startJunctionAt } from '../junction-clock.ts';
import { type Meter, startMeter } from '../meter.ts';
import type { Peer, RunningPeer } from '../peers/peer.ts';
import type { Tools } from '../tools.ts';

/** A peer beside others on one engine. */
export interface Contender {
  readonly peer: Peer;
  readonly running: RunningPeer;
  /** Records the requests of the functions; null where it would cost time. */
  readonly meter: Meter | null;
}

/** Starts all peers on one empty engine, and stops them after the measurement. */
export async function withAllPeers<Measured>(
  tools: Tools,
  peers: readonly Peer[],
  { metered, journeys }: { readonly metered: boolean; readonly journeys: readonly Journey[] },
  measure: (contenders: readonly Contender[], junction: JunctionAtTime) => Promise<Measured>,
): Promise<Measured> {
  const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-bench-'));
  const engine = await startEngine({ dbPath: join(place, 'database.sqlite') });
  const junction = await startJunctionAt(journeys);
  const contenders: Contender[] = [];
  try {
    for (const peer of peers) {
      const meter = metered ? await startMeter(engine.endpoint) : null;
      const database = meter?.endpoint ?? engine.endpoint;
      const running = await peer.start({ ...tools, engine, database, junctionUrl: junction.url, place });
      contenders.push({ peer, running, meter });
    }
    return await measure(contenders, junction);
  } finally {
    for (const { running, meter } of contenders) {
      await running.stop();
      await meter?.close();
    }
    await junction.close();
    await engine.stop();
    rmSync(place, { recursive: true, force: true });
  }
}
