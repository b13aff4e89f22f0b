import { type Journey, journeys } from '../../sandbox/journeys/journeys.ts';
import { planDeliveries } from '../../sandbox/webhooks/delivery-plan.ts';
import type { JunctionAtTime } from '../junction-clock.ts';
import type { Options } from '../options.ts';
import { availablePeers } from '../peers/catalogue.ts';
import type { Peer, SentWebhook } from '../peers/peer.ts';
import type { Tools } from '../tools.ts';
import { codeSize } from './code-size.ts';
import { samples } from './samples.ts';
import { type Lag, lagOf, type Speed, speedOf } from './speed.ts';
import { type Start, startsOf } from './starts.ts';
import { type Units, unitsOf } from './units.ts';
import { type Contender, withAllPeers } from './with-all-peers.ts';

/** What a webhook costs with each peer, measured in turn on one engine. */
export interface Cost {
  readonly peers: readonly { readonly name: string; readonly title: string; readonly code: number }[];
  readonly units: readonly Units[];
}

/** How fast each peer is, measured in turn on one engine. */
export interface Times {
  readonly peers: readonly { readonly name: string; readonly title: string }[];
  readonly speed: readonly Speed[];
  readonly lag: readonly Lag[];
  readonly starts: readonly Start[];
}

const SEED = 2;
/** One in ten is redelivered under the same id. */
const REPEATED = 0.1;

export async function cost(tools: Tools, { peers: chosen, unitsJourneys }: Options): Promise<Cost> {
  const peers = availablePeers(chosen);
  const units: Units[] = [];
  for (const { name, journeys: some, webhooks } of samples(unitsJourneys)) {
    const measure = (contenders: readonly Contender[], junction: JunctionAtTime) =>
      unitsOf(name, contenders, webhooks, junction);
    units.push(
      ...(await withAllPeers(tools, takingWebhooks(peers), { metered: true, journeys: some }, measure)),
    );
  }
  return { peers: peers.map(({ name, title }) => ({ name, title, code: codeSize(name) })), units };
}

export async function times(tools: Tools, options: Options): Promise<Times> {
  const peers = takingWebhooks(availablePeers(options.peers));
  const { speedWebhooks, speedRounds, lagWebhooks, rounds } = options;
  const { webhooks, journeys: some } = webhooksOf(speedWebhooks + lagWebhooks + rounds + 1);
  const take = (count: number) => webhooks.splice(0, count);
  const measured = await withAllPeers(
    tools,
    peers,
    { metered: false, journeys: some },
    async (contenders, junction) => {
      junction.setClock(new Date());
      return {
        speed: await speedOf(contenders, take(speedWebhooks), speedRounds),
        lag: await lagOf(contenders, take(lagWebhooks)),
        starts: await startsOf(contenders, take(rounds + 1)),
      };
    },
  );
  return { peers: peers.map(({ name, title }) => ({ name, title })), ...measured };
}

function takingWebhooks(peers: readonly Peer[]): Peer[] {
  return peers.filter(({ showsRedrawsOnly }) => !showsRedrawsOnly);
}

/** Webhooks of orders in order of time, some repeated, and the journeys that they are about. */
function webhooksOf(count: number): { webhooks: SentWebhook[]; journeys: Journey[] } {
  // A journey has at least three.
  const some = journeys(SEED, Math.ceil(count / 3), { spelling: 'documented' });
  const isOfOrder = ({ eventType }: { eventType: string }) => eventType.startsWith('labtest.order.');
  const planned = planDeliveries(some, { seed: SEED, duplicate: REPEATED });
  return { webhooks: planned.filter(isOfOrder).slice(0, count), journeys: some };
}
