import { journeys } from '../../sandbox/journeys/journeys.ts';
import { planDeliveries } from '../../sandbox/webhooks/delivery-plan.ts';
import type { Options } from '../options.ts';
import { availablePeers } from '../peers/catalogue.ts';
import type { SentWebhook } from '../peers/peer.ts';
import type { Tools } from '../tools.ts';
import { codeSize } from './code-size.ts';
import { type Lag, lagOf, type Speed, speedOf } from './speed.ts';
import { type Start, startsOf } from './starts.ts';
import { type Units, unitsOf } from './units.ts';
import { withAllPeers } from './with-all-peers.ts';

/** Cost and speed of each peer, measured in turn on one engine. */
export interface Comparison {
  readonly peers: readonly { readonly name: string; readonly title: string; readonly code: number }[];
  readonly units: readonly Units[];
  readonly speed: readonly Speed[];
  readonly lag: readonly Lag[];
  readonly starts: readonly Start[];
}

const SEED = 2;
/** One in ten is redelivered under the same id. */
const REPEATED = 0.1;

export async function comparison(tools: Tools, options: Options): Promise<Comparison> {
  const peers = availablePeers(options.peers);
  const { unitsWebhooks, speedWebhooks, speedRounds, lagWebhooks, rounds } = options;
  const all = webhooksOf(unitsWebhooks + speedWebhooks + lagWebhooks + rounds + 1);
  const take = (count: number) => all.splice(0, count);
  const units = await withAllPeers(tools, peers, { metered: true }, (contenders) =>
    unitsOf(contenders, take(unitsWebhooks)),
  );
  const timed = await withAllPeers(tools, peers, { metered: false }, async (contenders) => ({
    speed: await speedOf(contenders, take(speedWebhooks), speedRounds),
    lag: await lagOf(contenders, take(lagWebhooks)),
    starts: await startsOf(contenders, take(rounds + 1)),
  }));
  const named = peers.map(({ name, title }) => ({ name, title, code: codeSize(name) }));
  return { peers: named, units, ...timed };
}

/** Webhooks of orders in order of time, some repeated. */
function webhooksOf(count: number): SentWebhook[] {
  // A journey has at least three.
  const some = journeys(SEED, Math.ceil(count / 3), { spelling: 'documented' });
  const isOfOrder = ({ eventType }: { eventType: string }) => eventType.startsWith('labtest.order.');
  return planDeliveries(some, { seed: SEED, duplicate: REPEATED }).filter(isOfOrder).slice(0, count);
}
