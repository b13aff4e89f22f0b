import { bareUpdate } from './bare-update/peer.ts';
import { fifoQueue } from './fifo-queue/peer.ts';
import { hourlyQuestion } from './hourly-question/peer.ts';
import { idempotentFunctions } from './idempotent-functions/peer.ts';
import { orderTablePeer } from './lambda/lambda-peer.ts';
import type { Peer } from './peer.ts';
import { postgresql } from './postgresql/peer.ts';
import { redrawTracker } from './redraw-tracker/peer.ts';

/** Ours first, then what teams build instead. */
const PEERS: readonly Peer[] = [
  redrawTracker,
  bareUpdate,
  idempotentFunctions,
  orderTablePeer('last-write-wins', 'PutItem, last write wins'),
  orderTablePeer('event-time-guard', 'PutItem unless the stored order is newer'),
  { ...orderTablePeer('fetch-on-webhook', 'Fetch the order on each webhook'), asksJunction: true },
  hourlyQuestion,
  fifoQueue,
  postgresql,
];

/** The chosen ones, or all, that can run here. Says why others are skipped. */
export function availablePeers(names: ReadonlySet<string> | undefined): Peer[] {
  const chosen = PEERS.filter(({ name }) => names === undefined || names.has(name));
  return chosen.filter(({ title, missing }) => {
    const reason = missing?.() ?? null;
    if (reason !== null) process.stderr.write(`Skipped: ${title}. ${reason}.\n`);
    return reason === null;
  });
}
