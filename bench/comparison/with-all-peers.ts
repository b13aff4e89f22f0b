import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../../local/database/embedded-engine.ts';
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
  { metered }: { readonly metered: boolean },
  measure: (contenders: readonly Contender[]) => Promise<Measured>,
): Promise<Measured> {
  const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-bench-'));
  const engine = await startEngine({ dbPath: join(place, 'database.sqlite') });
  const contenders: Contender[] = [];
  try {
    for (const peer of peers) {
      const meter = metered ? await startMeter(engine.endpoint) : null;
      const database = meter?.endpoint ?? engine.endpoint;
      const running = await peer.start({ ...tools, engine, database, place });
      contenders.push({ peer, running, meter });
    }
    return await measure(contenders);
  } finally {
    for (const { running, meter } of contenders) {
      await running.stop();
      await meter?.close();
    }
    await engine.stop();
    rmSync(place, { recursive: true, force: true });
  }
}
