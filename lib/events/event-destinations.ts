import { createHash } from 'node:crypto';
import { SecretValue, Token } from 'aws-cdk-lib';
import {
  ApiDestination,
  Authorization,
  Connection,
  type IRule,
  type RuleTargetInput,
} from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { domainEvents } from '../../core/domain/events/domain-events.ts';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import { mostSimilar } from '../configuration/similar-name.ts';
import type { ServiceFunctionContext } from '../functions/service-function.ts';
import { UnrotatedSecret } from '../storage/unrotated-secret.ts';
import type { DomainEventBus } from './event-bus.ts';

/** The header that shows a receiver that an event comes from this deployment. */
const KEY_HEADER = 'x-redraw-tracker-key';

/** More events wait: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html */
const DEFAULT_RATE = 10;

export interface EventDestinationOptions {
  /** What to send instead of the event, for example for a chat. Default: the event as it is on the bus. */
  readonly input?: RuleTargetInput | undefined;
  /** The header that authenticates requests. Default: `x-redraw-tracker-key` with a generated secret. */
  readonly header?: { readonly name: string; readonly value: ISecret } | undefined;
  /** The most requests per second. Default: 10. */
  readonly rateLimitPerSecond?: number | undefined;
}

/** @internal */
export interface EventDestinationsProps {
  readonly context: ServiceFunctionContext;
  readonly bus: DomainEventBus;
  /** The types of the events of capabilities. */
  readonly capabilityTypes: readonly string[];
}

/**
 * Sends events to URLs, for programs that have no rule on the bus. EventBridge delivers them, retries for a day, and puts what it
 * could not deliver into the dead-letter queue, which has an alarm.
 */
export class EventDestinations extends Construct {
  readonly #props: EventDestinationsProps;
  #key: ISecret | undefined;

  /** @internal */
  constructor(scope: Construct, id: string, props: EventDestinationsProps) {
    super(scope, id);
    this.#props = props;
  }

  /** The secret in `x-redraw-tracker-key`; undefined if no destination needs it. */
  get key(): ISecret | undefined {
    return this.#key;
  }

  /**
   * Sends events to a URL. History is left out, and so is everything while the deployment only watches.
   *
   * @param url https
   * @param types the detail types to send; all if it is left out
   * @throws ConfigurationError for a URL that is not https, and for a type that is never published
   */
  sendTo(url: string, types?: readonly string[], options: EventDestinationOptions = {}): IRule {
    checkUrl(url);
    checkTypes(types, this.#props.capabilityTypes);
    const { input, header, rateLimitPerSecond = DEFAULT_RATE } = options;
    const place = new Construct(this, idOf(url, types));
    const connection = new Connection(place, 'Connection', {
      authorization: Authorization.apiKey(
        header?.name ?? KEY_HEADER,
        referenceTo(header?.value ?? this.#ownKey()),
      ),
      description: 'redraw-tracker: the header of the events that are sent to a URL',
    });
    const destination = new ApiDestination(place, 'Destination', {
      connection,
      endpoint: url,
      rateLimitPerSecond,
      description: 'redraw-tracker: events for a URL',
    });
    const role = new Role(place, 'Role', { assumedBy: new ServicePrincipal('events.amazonaws.com') });
    new ManagedPolicy(place, 'Policy', {
      roles: [role],
      statements: [
        new PolicyStatement({
          actions: ['events:InvokeApiDestination'],
          resources: [destination.apiDestinationArn],
        }),
      ],
    });
    return this.#props.bus.deliver(place, 'Rule', {
      description: 'redraw-tracker: send events to a URL',
      pattern: {
        ...(types && { detailType: [...types] }),
        detail: { historical: [false], watch_only: [false] },
      },
      target: { arn: destination.apiDestinationArn, role, ...(input && { input }) },
    });
  }

  #ownKey(): ISecret {
    const { keys, removalPolicy } = this.#props.context;
    this.#key ??= new UnrotatedSecret(this, 'Key', {
      keys,
      removalPolicy,
      description: `Sent as the header ${KEY_HEADER} with each event to a URL`,
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      whyNotRotated:
        'The receivers of events have to know a new value first. docs/event-webhooks.md describes how to change it.',
    }) as ISecret;
    return this.#key;
  }
}

/** A reference that CloudFormation resolves, so the value is in no template. */
function referenceTo(secret: ISecret): SecretValue {
  return SecretValue.secretsManager(secret.secretArn);
}

/** Stays the same as long as URL and types do, in whatever order the destinations are added. */
function idOf(url: string, types: readonly string[] = []): string {
  return `To${createHash('sha256')
    .update(JSON.stringify([url, ...types]))
    .digest('hex')
    .slice(0, 8)}`;
}

function checkUrl(url: string): void {
  if (Token.isUnresolved(url) || (URL.canParse(url) && new URL(url).protocol === 'https:')) return;
  throw new ConfigurationError(
    ['Events can be sent only to an https URL.'],
    'EventBridge refuses others. Give sendTo a URL such as https://example.com/events.',
  );
}

function checkTypes(types: readonly string[] = [], ofCapabilities: readonly string[]): void {
  const published = [...Object.keys(domainEvents), ...ofCapabilities];
  const unknown = types.filter((type) => !published.includes(type));
  if (unknown.length === 0) return;
  throw new ConfigurationError(
    unknown.map((type) => {
      const meant = mostSimilar(type, published);
      return `No event has the type "${type}".${meant ? ` Did you mean "${meant}"?` : ''}`;
    }),
    'docs/events/README.md lists the types.',
  );
}
