import * as z from 'zod';
import {
  type DeliveryPorts,
  deadLetterAttributes,
  deliver,
  type RetryPolicy,
  retryPolicy,
} from '../messaging/delivery.ts';
import type { Destination, Destinations } from '../messaging/destinations.ts';
import { Problem } from '../problem.ts';
import { ACCOUNT, REGION } from '../template/intrinsics.ts';
import type { Template } from '../template/template.ts';
import { eventPattern, type Matches } from './event-pattern.ts';
import { type Transform, targetInput } from './input-transformer.ts';

/** As rules see it and targets get it. */
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
  /** Name of the bus. */
  bus: string;
  matches: Matches;
  targets: RuleTarget[];
}

interface RuleTarget {
  destination: Destination;
  input: Transform;
  retries: RetryPolicy;
  deadLetters: Destination | undefined;
}

export const DEFAULT_BUS = 'default';

const retrySchema = z.object({
  MaximumRetryAttempts: z.coerce.number().optional(),
  MaximumEventAgeInSeconds: z.coerce.number().optional(),
});

const targetSchema = z.object({
  Arn: z.string(),
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .object({
      InputPathsMap: z.record(z.string(), z.string()).optional(),
      InputTemplate: z.string(),
    })
    .optional(),
  RetryPolicy: retrySchema.optional(),
  DeadLetterConfig: z.object({ Arn: z.string().optional() }).optional(),
});

const ruleSchema = z.object({
  EventBusName: z.string().default(DEFAULT_BUS),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.string().default('ENABLED'),
  Targets: z.array(targetSchema).default([]),
});

/** The enabled rules. Those with a schedule are refused: AWS::Scheduler::Schedule has replaced them. */
export function readEventRules(template: Template, destinations: Destinations): EventRule[] {
  return template.resources('AWS::Events::Rule').flatMap((id): EventRule[] => {
    const { EventBusName, EventPattern, ScheduleExpression, State, Targets } = template.read(id, ruleSchema);
    if (!State.startsWith('ENABLED')) return [];
    if (ScheduleExpression !== undefined || EventPattern === undefined) {
      throw new Problem(
        `The local run does not know the schedule of the rule ${id}. Use an AWS::Scheduler::Schedule.`,
      );
    }
    const name = template.nameOf(id);
    const bus = EventBusName.slice(EventBusName.lastIndexOf('/') + 1);
    const path = bus === DEFAULT_BUS ? name : `${bus}/${name}`;
    return [
      {
        name,
        arn: `arn:aws:events:${REGION}:${ACCOUNT}:rule/${path}`,
        bus,
        matches: eventPattern(EventPattern),
        targets: Targets.map((target) => readTarget(`rule ${id}`, target, destinations)),
      },
    ];
  });
}

function readTarget(
  rule: string,
  target: z.output<typeof targetSchema>,
  destinations: Destinations,
): RuleTarget {
  const deadLetters = target.DeadLetterConfig?.Arn;
  return {
    destination: destinations.find(target.Arn, rule),
    input: targetInput(target),
    retries: retryPolicy(target.RetryPolicy),
    deadLetters: deadLetters === undefined ? undefined : destinations.find(deadLetters, rule),
  };
}

/**
 * Sends an event to the rule's targets; the first attempts are made before this returns. What a target does not take
 * goes, as it was, to its dead letters.
 * @returns what was lost or put there, for a person
 */
export async function applyRule(rule: EventRule, event: BusEvent, ports: DeliveryPorts): Promise<string[]> {
  const troubles = await Promise.all(rule.targets.map((target) => sendTo(target, rule, event, ports)));
  return troubles.filter((trouble) => trouble !== undefined);
}

async function sendTo(
  { destination, input, retries, deadLetters }: RuleTarget,
  rule: EventRule,
  event: BusEvent,
  ports: DeliveryPorts,
): Promise<string | undefined> {
  const ingestedAt = new Date(ports.now()).toISOString();
  const body = input(event, { name: rule.name, arn: rule.arn, ingestedAt });
  const failure = await deliver(destination, { body }, retries, ports);
  if (!failure) return undefined;
  deadLetters?.accept({
    body: JSON.stringify(event),
    attributes: { RULE_ARN: rule.arn, TARGET_ARN: destination.arn, ...deadLetterAttributes(failure) },
  });
  const where = deadLetters
    ? `is kept in ${deadLetters.place ?? deadLetters.arn}`
    : 'is lost: the target has no dead-letter queue';
  return `${rule.name} could not deliver to ${destination.arn} (${failure.message}); the event ${event.id} ${where}`;
}
