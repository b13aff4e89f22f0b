/** The product's functions as a history calls them: events in, answers out, and everything in between over the network. */
import { createHmac } from 'node:crypto';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse } from 'aws-lambda';
import type { Change, MemoryTable } from '../memory-table/memory-table.ts';
import { march } from '../oracle/bodies.ts';
import type { Delivery } from '../oracle/reading/facts.ts';
import type { Bundles, FunctionName } from './bundles.ts';
import { Fleet, InvocationFailed } from './fleet.ts';
import { operatorsRequest } from './operator.ts';
import type { JunctionRoutes } from './surroundings/junction-routes.ts';
import type { Invocation, Scheduler } from './surroundings/scheduler.ts';
import { type Bus, commandArrived, requestArrived, type Services } from './surroundings/services.ts';
import { carried, type NetworkFaults } from './surroundings/wire.ts';

const CURRENT = Buffer.alloc(24, 1);
const PREVIOUS = Buffer.alloc(24, 2);
/** The pause before a webhook is sent again after a 503 (ms). */
const RESENT_AFTER = 30_000;
const TOLERANCE = 300_000;
const LATER = Date.parse(march(20));

interface HttpAnswer {
  readonly statusCode: number;
}

/** The surroundings of the functions. */
export interface World {
  readonly junction: JunctionRoutes;
  readonly memory: MemoryTable;
  readonly quarantine: MemoryTable;
  readonly bus: Bus;
  readonly chance: Scheduler;
  /** Whether a key for Junction's API is configured by now. */
  readonly hasApiKey: boolean;
  /** Called for each request. */
  readonly faults: () => NetworkFaults;
  /** Called for every answer that must never be given. */
  readonly complain: (fault: string) => void;
}

export class Functions {
  readonly #world: World;
  readonly #fleet: Fleet;
  /** How often each webhook was answered 503. */
  readonly #refused = new Map<Delivery, number>();
  readonly #sequence = new Map<Change, number>();
  /** The lines of the audit trail. */
  readonly #trail: string[] = [];
  #requests = 0;

  constructor(world: World, bundles: Bundles) {
    const { junction, memory, quarantine, bus, chance, hasApiKey, faults } = world;
    this.#world = world;
    const variables = bundles.webhook.environment;
    const services: Services = {
      tables: new Map([
        [variables.TABLE_NAME ?? '', memory],
        [variables.QUARANTINE_TABLE_NAME ?? '', quarantine],
      ]),
      bus,
      junction,
      trail: this.#trail,
      holdsBack: () => faults().throttled > 0 && chance.oneIn(4),
      secrets: secretsOf(bundles, hasApiKey),
    };
    this.#fleet = new Fleet(bundles, chance, {
      carry: (request, now, invocation, isGiven) =>
        carried(chance, invocation, faults, requestArrived(services, request, now), isGiven),
      ask: (request, invocation, isGiven) =>
        carried(chance, invocation, faults, commandArrived(services, request), isGiven),
    });
  }

  /** Returns whether it was answered 2xx. */
  async webhook(delivery: Delivery, invocation: Invocation): Promise<boolean> {
    const { body, receivedAt } = delivery;
    const refused = this.#refused.get(delivery) ?? 0;
    // It is sent again after a pause, not at the moment of the refusal.
    const at = Date.parse(receivedAt) + refused * RESENT_AFTER;
    const { chance } = this.#world;
    const key = chance.oneIn(2) ? CURRENT : PREVIOUS;
    const began = chance.now;
    const answer = await this.#answer<HttpAnswer>('webhook', invocation, signed(body, at, key), at);
    // A delivery that was delayed longer than a signature is valid is refused, and Junction sends it again.
    this.#expect(chance.now - began > TOLERANCE ? [200, 503, 400] : [200, 503], answer);
    if (answer.statusCode === 503) this.#refused.set(delivery, refused + 1);
    return answer.statusCode === 200;
  }

  /** Returns how many of the changes are done, from the first; null without an answer. */
  recompute(changes: readonly Change[], invocation: Invocation): Promise<number | null> {
    return this.#consume('recompute', changes, invocation);
  }

  publish(changes: readonly Change[], invocation: Invocation): Promise<number | null> {
    return this.#consume('publish', changes, invocation);
  }

  async #consume(name: 'recompute' | 'publish', changes: readonly Change[], invocation: Invocation) {
    const Records = changes.map((change) => this.#record(change));
    try {
      const { batchItemFailures } = await this.#answer<DynamoDBBatchResponse>(
        ...([name, invocation, { Records }, LATER] as const),
      );
      const [failure] = batchItemFailures;
      if (!failure) return changes.length;
      const failed = ({ dynamodb }: (typeof Records)[number]) =>
        dynamodb.SequenceNumber === failure.itemIdentifier;
      return Math.max(0, Records.findIndex(failed));
    } catch {
      return null;
    }
  }

  #record(change: Change) {
    const sequence = this.#sequence.get(change) ?? this.#sequence.size + 1;
    this.#sequence.set(change, sequence);
    const { before, after } = change;
    const { pk, sk } = after ?? before ?? {};
    const eventName = before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT';
    const dynamodb = {
      Keys: marshall({ pk, sk }),
      ...(after && { NewImage: imageOf(after) }),
      ...(before && { OldImage: imageOf(before) }),
      SequenceNumber: String(sequence),
      ApproximateCreationDateTime: LATER / 1_000 + sequence,
    };
    return { eventName, dynamodb };
  }

  sweep(now: string, invocation: Invocation): Promise<unknown> {
    return this.#fleet.invoke('sweep', invocation, { time: now }, Date.parse(now));
  }

  /** Any request to the API. */
  async operator(invocation: Invocation): Promise<void> {
    this.#requests += 1;
    const requestId = `request ${this.#requests}`;
    const request = operatorsRequest(this.#world.memory, this.#world.chance, requestId);
    this.#world.chance.note(`${invocation.name}: ${request.routeKey}`);
    const answer = await this.#answer<HttpAnswer>('query', invocation, request, LATER);
    this.#expect([200, 404, 409, 500, 503], answer);
    if (answer.statusCode === 200 && !this.#isAudited(requestId))
      this.#world.complain(`${requestId} is not in the audit trail`);
  }

  /** Whether the trail has what must be there before anything is changed. */
  #isAudited(requestId: string): boolean {
    return this.#trail.some((line) => {
      const { request_id, outcome } = JSON.parse(line) as Record<string, unknown>;
      return request_id === requestId && outcome === 'started';
    });
  }

  /** The answer of a function that must never throw: a failure has an answer too. */
  async #answer<Answer>(name: FunctionName, invocation: Invocation, event: object, startsAt: number) {
    try {
      return await this.#fleet.invoke<Answer>(name, invocation, event, startsAt);
    } catch (error) {
      if (!(error instanceof InvocationFailed)) this.#world.complain(`${name} threw ${String(error)}`);
      throw error;
    }
  }

  #expect(statuses: readonly number[], { statusCode }: HttpAnswer): void {
    if (!statuses.includes(statusCode)) this.#world.complain(`the answer was ${statusCode}`);
  }

  /** Loses everything in memory. */
  restart(): void {
    this.#fleet.restart();
  }
}

const images = new WeakMap<object, object>();

/** Items in the stream's format. Each image is converted once: the new one of a change is the old one of the next. */
function imageOf(item: object) {
  const known = images.get(item) ?? marshall(item, { removeUndefinedValues: true });
  images.set(item, known);
  return known;
}

function secretsOf(bundles: Bundles, hasApiKey: boolean): ReadonlyMap<string, string> {
  const spelled = (key: Buffer) => `whsec_${key.toString('base64')}`;
  const { WEBHOOK_SECRET_ARN } = bundles.webhook.environment;
  return new Map([
    [`${WEBHOOK_SECRET_ARN} AWSCURRENT`, spelled(CURRENT)],
    [`${WEBHOOK_SECRET_ARN} AWSPREVIOUS`, spelled(PREVIOUS)],
    [`${bundles.sweep.environment.JUNCTION_API_KEY_ARN} AWSCURRENT`, hasApiKey ? 'sk_simulated' : '{}'],
    [`${bundles.query.environment.CURSOR_SECRET_ARN} AWSCURRENT`, 'simulated'],
  ]);
}

/** A webhook as API Gateway passes it on. */
function signed(body: string, at: number, key: Buffer): object {
  const seconds = String(Math.floor(at / 1_000));
  const signature = createHmac('sha256', key).update(`simulated.${seconds}.${body}`).digest('base64');
  return {
    headers: { 'svix-id': 'simulated', 'svix-timestamp': seconds, 'svix-signature': `v1,${signature}` },
    requestContext: { http: { method: 'POST', path: '/webhooks/junction' } },
    body,
    isBase64Encoded: false,
  };
}
