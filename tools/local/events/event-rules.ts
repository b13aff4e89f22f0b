import * as z from 'zod';
import { ACCOUNT, REGION } from '../template/intrinsics.ts';
import { type Template, unsupported } from '../template/template.ts';
import {
  type DeliveryContext,
  deadLetterAttributes,
  deliver,
  type RetryPolicy,
  retryPolicy,
  retryPolicySchema,
} from '../topics-and-queues/delivery.ts';
import type { Destination, Destinations } from '../topics-and-queues/destinations.ts';
import { eventPattern, type Matches } from './event-pattern.ts';
import { inputTransformer, type Transform } from './input-transformer.ts';

/** An event as rules match it and targets receive it. */
export interface BusEvent extends Record<string, unknown> {
  id: string;
  'detail-type': string;
  source: string;
  /** RFC 3339, whole seconds. */
  time: string;
  detail: Record<string, unknown>;
}

export interface EventRule {
  name: string;
  arn: string;
  /** Name of the event bus. */
  bus: string;
  matches: Matches;
  targets: RuleTarget[];
}

interface RuleTarget {
  destination: Destination;
  message: Transform;
  retries: RetryPolicy;
  /** undefined: what cannot be delivered is lost. */
  deadLetterQueue: Destination | undefined;
}

/** The bus of the account, on which AWS services put their events. */
export const DEFAULT_BUS = 'default';

/** Strict: a target with anything else is refused, because it would behave differently here. */
const targetSchema = z.strictObject({
  Id: z.string(),
  Arn: z.string(),
  RoleArn: z.string().optional(),
  InputTransformer: z
    .strictObject({ InputPathsMap: z.record(z.string(), z.string()), InputTemplate: z.string() })
    .optional(),
  RetryPolicy: retryPolicySchema.optional(),
  DeadLetterConfig: z.object({ Arn: z.string() }).optional(),
});

const ruleSchema = z.object({
  EventBusName: z.string().default(DEFAULT_BUS),
  EventPattern: z.record(z.string(), z.unknown()),
  State: z.literal('ENABLED'),
  ScheduleExpression: unsupported,
  Targets: z.array(targetSchema),
});

export function readEventRules(template: Template, destinations: Destinations): EventRule[] {
  return template.resources('AWS::Events::Rule').map((id): EventRule => {
    const { EventBusName: bus, EventPattern, Targets } = template.read(id, ruleSchema);
    const name = template.nameOf(id);
    return {
      name,
      arn: `arn:aws:events:${REGION}:${ACCOUNT}:rule/${bus === DEFAULT_BUS ? '' : `${bus}/`}${name}`,
      bus,
      matches: eventPattern(EventPattern),
      targets: Targets.map((target) => readTarget(`rule ${id}`, target, destinations)),
    };
  });
}

function readTarget(
  rule: string,
  { Arn, InputTransformer, RetryPolicy, DeadLetterConfig }: z.output<typeof targetSchema>,
  destinations: Destinations,
): RuleTarget {
  return {
    destination: destinations.find(Arn, rule),
    message: InputTransformer ? inputTransformer(InputTransformer) : (event) => JSON.stringify(event),
    retries: retryPolicy(RetryPolicy),
    deadLetterQueue: DeadLetterConfig && destinations.find(DeadLetterConfig.Arn, rule),
  };
}

/**
 * Sends an event to the targets of a rule. The first attempts are made before this returns. An event that cannot be
 * delivered goes to the dead-letter queue of the target.
 * @returns a line for the terminal per event that could not be delivered
 */
export async function applyRule(
  rule: EventRule,
  event: BusEvent,
  context: DeliveryContext,
): Promise<string[]> {
  const failures = await Promise.all(rule.targets.map((target) => sendTo(target, rule, event, context)));
  return failures.filter((failure) => failure !== undefined);
}

async function sendTo(
  { destination, message, retries, deadLetterQueue }: RuleTarget,
  rule: EventRule,
  event: BusEvent,
  context: DeliveryContext,
): Promise<string | undefined> {
  const failure = await deliver(destination, { body: message(event) }, retries, context);
  if (!failure) return undefined;
  deadLetterQueue?.accept({
    body: JSON.stringify(event),
    attributes: { RULE_ARN: rule.arn, TARGET_ARN: destination.arn, ...deadLetterAttributes(failure) },
  });
  const where = deadLetterQueue
    ? `it is kept in ${deadLetterQueue.path ?? deadLetterQueue.arn}`
    : 'it is lost, because the rule has no dead-letter queue';
  return `${rule.name} could not deliver the event ${event.id} to ${destination.arn} (${failure.message}); ${where}`;
}
