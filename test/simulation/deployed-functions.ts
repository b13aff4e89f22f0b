/** The functions as they are deployed: events in, answers out, and everything between over the network. */
import { createHmac } from 'node:crypto';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse } from 'aws-lambda';
import type { Change } from '../memory/memory-table.ts';
import { march } from '../oracle/bodies.ts';
import type { Delivery } from '../oracle/facts.ts';
import type { Bundles } from './bundles.ts';
import { Fleet } from './fleet.ts';
import type { Functions, Simulation, World } from './functions.ts';
import { JunctionRoutes } from './junction-routes.ts';
import { NO_NETWORK_FAULTS } from './network.ts';
import { operatorsRequest } from './operator.ts';
import type { Invocation } from './scheduler.ts';
import { arrived, type Services } from './services.ts';
import { carried } from './wire.ts';

const CURRENT = Buffer.alloc(24, 1);
const PREVIOUS = Buffer.alloc(24, 2);
const LATER = Date.parse(march(20));

interface HttpAnswer {
  readonly statusCode: number;
}

/** The functions by the bundles that are deployed. */
export function deployed(bundles: Bundles): Simulation {
  return {
    start: (world) => new DeployedFunctions(world, bundles),
    // The SDK tries each request three times: it takes more to make one fail.
    weathers: [
      { throttled: 5, lost: 7, timedOut: 9, sentAgain: 8 },
      { throttled: 0, lost: 0, timedOut: 40, sentAgain: 30 },
      NO_NETWORK_FAULTS,
    ],
    takes: () => true,
    option: '',
  };
}

class DeployedFunctions implements Functions {
  readonly #world: World;
  readonly #fleet: Fleet;
  readonly #sequence = new Map<Change, number>();

  constructor(world: World, bundles: Bundles) {
    const { deliveries, memory, bus, chance, faults } = world;
    this.#world = world;
    const services: Services = {
      ...{ memory, bus },
      tableName: bundles.webhook.environment.TABLE_NAME ?? '',
      holdsBack: () => faults().throttled > 0 && chance.oneIn(4),
      secrets: secretsOf(bundles, chance.oneIn(4)),
      junction: new JunctionRoutes(deliveries, chance),
    };
    this.#fleet = new Fleet(bundles, chance, (request, now, invocation, isGiven) =>
      carried(chance, invocation, faults, arrived(services, request, now), isGiven),
    );
  }

  async webhook({ body, receivedAt }: Delivery, invocation: Invocation): Promise<boolean> {
    const at = Date.parse(receivedAt);
    const key = this.#world.chance.oneIn(2) ? CURRENT : PREVIOUS;
    const answer = await this.#fleet.invoke<HttpAnswer>('webhook', invocation, signed(body, at, key), at);
    this.#expect([200, 503], answer);
    return answer.statusCode === 200;
  }

  recompute(changes: readonly Change[], invocation: Invocation): Promise<number> {
    return this.#consume('recompute', changes, invocation);
  }

  publish(changes: readonly Change[], invocation: Invocation): Promise<number> {
    return this.#consume('publish', changes, invocation);
  }

  async #consume(name: 'recompute' | 'publish', changes: readonly Change[], invocation: Invocation) {
    const Records = changes.map((change) => this.#record(change));
    try {
      const { batchItemFailures } = await this.#fleet.invoke<DynamoDBBatchResponse>(
        ...([name, invocation, { Records }, LATER] as const),
      );
      const [failure] = batchItemFailures;
      if (!failure) return changes.length;
      return Records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === failure.itemIdentifier);
    } catch {
      return 0;
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

  async operator(invocation: Invocation): Promise<void> {
    const request = operatorsRequest(this.#world);
    this.#world.chance.note(`${invocation.name}: ${request.routeKey}`);
    this.#expect([200, 404, 409, 500], await this.#fleet.invoke('query', invocation, request, LATER));
  }

  #expect(statuses: readonly number[], { statusCode }: HttpAnswer): void {
    if (!statuses.includes(statusCode)) this.#world.complain(`the answer was ${statusCode}`);
  }

  restart(): void {
    this.#fleet.restart();
  }
}

const imageOf = (item: object) => marshall(item, { removeUndefinedValues: true });

/** @param withoutKey there is no key for Junction's API yet */
function secretsOf(bundles: Bundles, withoutKey: boolean): ReadonlyMap<string, string> {
  const spelled = (key: Buffer) => `whsec_${key.toString('base64')}`;
  const { WEBHOOK_SECRET_ARN } = bundles.webhook.environment;
  return new Map([
    [`${WEBHOOK_SECRET_ARN} AWSCURRENT`, spelled(CURRENT)],
    [`${WEBHOOK_SECRET_ARN} AWSPREVIOUS`, spelled(PREVIOUS)],
    [`${bundles.sweep.environment.JUNCTION_API_KEY_ARN} AWSCURRENT`, withoutKey ? '{}' : 'sk_simulated'],
    [`${bundles.query.environment.CURSOR_SECRET_ARN} AWSCURRENT`, 'simulated'],
  ]);
}

/** A webhook as API Gateway hands it on. */
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
