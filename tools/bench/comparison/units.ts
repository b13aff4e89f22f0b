import { setTimeout as sleep } from 'node:timers/promises';
import type { JunctionAtTime } from '../junction-clock.ts';
import type { MeteredRequest } from '../meter.ts';
import { NotAccepted, type RunningPeer, type SentWebhook } from '../peers/peer.ts';
import { Progress } from '../progress.ts';
import type { Contender } from './with-all-peers.ts';

/** What a webhook of a sample costs with a peer, on average: until it is answered, and after that. */
export interface Units {
  readonly sample: string;
  readonly peer: string;
  readonly webhooks: number;
  readonly answered: UnitsPerWebhook;
  readonly afterwards: UnitsPerWebhook;
  /** Requests to a queue per webhook. */
  readonly queueRequests: number;
  /** Requests to Junction's API per webhook. */
  readonly junctionRequests: number;
  /** All write units, by kind of item and by index. Only for ours. */
  readonly writes?: Readonly<Record<string, number>>;
}

export interface UnitsPerWebhook {
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** The part of the write units on indexes. */
  readonly indexUnits: number;
}

const READS = ['GetItem', 'Query', 'BatchGetItem', 'Scan', 'TransactGetItems'];

/** Sends each webhook to each peer, one at a time. The counts do not depend on the load of the machine. */
export async function unitsOf(
  sample: string,
  contenders: readonly Contender[],
  webhooks: readonly SentWebhook[],
  junction: JunctionAtTime,
): Promise<Units[]> {
  const answered = new Map<Contender, MeteredRequest[]>();
  const afterwards = new Map<Contender, MeteredRequest[]>();
  const asked = new Map<Contender, number>();
  for (const contender of contenders) contender.meter?.taken();
  const progress = new Progress(`Requests and units, ${sample}`, webhooks.length);
  for (const webhook of webhooks) {
    junction.reach(webhook.knownAt);
    for (const contender of contenders) {
      const before = junction.requests();
      await delivered(contender.running, webhook);
      keep(answered, contender);
      await contender.running.settled();
      keep(afterwards, contender);
      asked.set(contender, (asked.get(contender) ?? 0) + junction.requests() - before);
    }
    progress.step();
  }
  return contenders.map((contender) => ({
    sample,
    peer: contender.peer.name,
    webhooks: webhooks.length,
    answered: perWebhook(answered.get(contender) ?? [], webhooks.length),
    afterwards: perWebhook(afterwards.get(contender) ?? [], webhooks.length),
    queueRequests: (contender.running.queueRequests?.() ?? 0) / webhooks.length,
    junctionRequests: (asked.get(contender) ?? 0) / webhooks.length,
    ...(contender.peer.name === 'redraw-tracker' && {
      writes: writesByPart(
        [...(answered.get(contender) ?? []), ...(afterwards.get(contender) ?? [])],
        webhooks.length,
      ),
    }),
  }));
}

/** Write units per webhook, by kind of item and by index. */
function writesByPart(requests: readonly MeteredRequest[], webhooks: number): Record<string, number> {
  const writes = requests.filter(({ operation }) => !READS.includes(operation));
  const parts = writes.flatMap(({ input, tableUnits, byIndex }) => [
    [kindOf(input), tableUnits] as const,
    ...Object.entries(byIndex),
  ]);
  const grouped = Map.groupBy(parts, ([name]) => name);
  return Object.fromEntries(
    [...grouped].map(([name, all]) => [name, all.reduce((sum, [, units]) => sum + units, 0) / webhooks]),
  );
}

interface Key {
  readonly pk?: { readonly S?: string };
}

/** The kind of item that a request writes, from its key: `ORDER`, `TX`, … */
function kindOf(input: MeteredRequest['input']): string {
  const { Key, Item } = input as { Key?: Key; Item?: Key };
  return (Key ?? Item)?.pk?.S?.split('#')[0] ?? 'several items at once';
}

function keep(requests: Map<Contender, MeteredRequest[]>, contender: Contender): void {
  requests.set(contender, [...(requests.get(contender) ?? []), ...(contender.meter?.taken() ?? [])]);
}

function perWebhook(requests: readonly MeteredRequest[], webhooks: number): UnitsPerWebhook {
  const mean = (of: (request: MeteredRequest) => number) =>
    requests.reduce((sum, request) => sum + of(request), 0) / webhooks;
  const isRead = ({ operation }: MeteredRequest) => READS.includes(operation);
  const all = ({ tableUnits, indexUnits }: MeteredRequest) => tableUnits + indexUnits;
  return {
    requests: mean(() => 1),
    readUnits: mean((request) => (isRead(request) ? all(request) : 0)),
    writeUnits: mean((request) => (isRead(request) ? 0 : all(request))),
    indexUnits: mean((request) => (isRead(request) ? 0 : request.indexUnits)),
  };
}

const ATTEMPTS = 8;

/** Delivers the webhook until it is accepted. */
export async function delivered(running: RunningPeer, webhook: SentWebhook): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await running.deliver(webhook)).wall;
    } catch (error) {
      if (!(error instanceof NotAccepted) || attempt === ATTEMPTS) throw error;
      await sleep(10 * 2 ** attempt);
    }
  }
}
