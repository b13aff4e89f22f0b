import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import { ACCOUNT, REGION } from '../template/intrinsics.ts';
import { type Template, unsupported } from '../template/template.ts';
import { type RetryPolicy, retryPolicy, retryPolicySchema } from '../topics-and-queues/delivery.ts';
import type { Destination, Destinations } from '../topics-and-queues/destinations.ts';
import { type ScheduleExpression, scheduleExpression } from './schedule-expression.ts';

/** A schedule of EventBridge Scheduler. */
export interface Schedule {
  id: string;
  arn: string;
  description: string;
  expression: ScheduleExpression;
  timeZone: string;
  target: Destination;
  /** With `<aws.scheduler.scheduled-time>` for the time of the run. */
  input: string;
  retries: RetryPolicy;
  deadLetterQueue: Destination;
}

const scheduleSchema = z.object({
  Description: z.string(),
  GroupName: z.string(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string(),
  FlexibleTimeWindow: z.object({ Mode: z.literal('OFF') }),
  State: z.literal('ENABLED'),
  StartDate: unsupported,
  EndDate: unsupported,
  Target: z.strictObject({
    Arn: z.string(),
    RoleArn: z.string().optional(),
    Input: z.string(),
    RetryPolicy: retryPolicySchema.optional(),
    DeadLetterConfig: z.object({ Arn: z.string() }),
  }),
});

export function readSchedules(template: Template, destinations: Destinations): Schedule[] {
  return template.resources('AWS::Scheduler::Schedule').map((id): Schedule => {
    const properties = template.read(id, scheduleSchema);
    const { Target, ScheduleExpressionTimezone: timeZone } = properties;
    const [other] = Target.Input.replaceAll(SCHEDULED_TIME, '').match(/<aws\.scheduler\.[^>]*>/) ?? [];
    if (other !== undefined)
      throw new Problem(`The local run does not support ${other} in the input of ${id}.`);
    return {
      id,
      arn: `arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule/${properties.GroupName}/${template.nameOf(id)}`,
      description: properties.Description,
      expression: scheduleExpression(properties.ScheduleExpression, timeZone),
      timeZone,
      target: destinations.find(Target.Arn, `schedule ${id}`),
      input: Target.Input,
      retries: retryPolicy(Target.RetryPolicy),
      deadLetterQueue: destinations.find(Target.DeadLetterConfig.Arn, `schedule ${id}`),
    };
  });
}

const SCHEDULED_TIME = '<aws.scheduler.scheduled-time>';

/** The input of a run. Scheduler gives the time without fractions of a second. */
export function scheduledInput(input: string, scheduledAt: Date): string {
  return input.replaceAll(SCHEDULED_TIME, `${scheduledAt.toISOString().slice(0, 19)}Z`);
}
