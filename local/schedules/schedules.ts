import * as z from 'zod';
import { type RetryPolicy, retryPolicy } from '../messaging/delivery.ts';
import type { Destination, Destinations } from '../messaging/destinations.ts';
import { ACCOUNT, REGION } from '../template/intrinsics.ts';
import type { Template } from '../template/template.ts';
import { type ScheduleExpression, scheduleExpression } from './schedule-expression.ts';

/** A schedule of EventBridge Scheduler. Flexible windows are taken as closed: it runs at their beginning. */
export interface Schedule {
  id: string;
  arn: string;
  description: string;
  expression: ScheduleExpression;
  timeZone: string;
  start: Date | undefined;
  end: Date | undefined;
  target: Destination;
  /** With the names in it still to be replaced. */
  input: string;
  retries: RetryPolicy;
  deadLetters: Destination | undefined;
}

const scheduleSchema = z.object({
  Description: z.string().optional(),
  GroupName: z.string().default('default'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.string().default('ENABLED'),
  StartDate: z.coerce.date().optional(),
  EndDate: z.coerce.date().optional(),
  Target: z.object({
    Arn: z.string(),
    Input: z.string().default('{}'),
    RetryPolicy: z
      .object({
        MaximumRetryAttempts: z.coerce.number().optional(),
        MaximumEventAgeInSeconds: z.coerce.number().optional(),
      })
      .optional(),
    DeadLetterConfig: z.object({ Arn: z.string().optional() }).optional(),
  }),
});

/** The enabled schedules of the template. */
export function readSchedules(template: Template, destinations: Destinations): Schedule[] {
  return template.resources('AWS::Scheduler::Schedule').flatMap((id): Schedule[] => {
    const properties = template.read(id, scheduleSchema);
    if (properties.State !== 'ENABLED') return [];
    const { Target, ScheduleExpressionTimezone: timeZone } = properties;
    const deadLetters = Target.DeadLetterConfig?.Arn;
    return [
      {
        id,
        arn: `arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule/${properties.GroupName}/${template.nameOf(id)}`,
        description: properties.Description ?? id,
        expression: scheduleExpression(properties.ScheduleExpression, timeZone),
        timeZone,
        start: properties.StartDate,
        end: properties.EndDate,
        target: destinations.find(Target.Arn, `schedule ${id}`),
        input: Target.Input,
        retries: retryPolicy(Target.RetryPolicy),
        deadLetters: deadLetters === undefined ? undefined : destinations.find(deadLetters, `schedule ${id}`),
      },
    ];
  });
}

/** What `<aws.scheduler.…>` in a schedule's input stands for. */
export interface ScheduledRun {
  scheduleArn: string;
  scheduledAt: Date;
  executionId: string;
  attempt: number;
}

export function scheduledInput(input: string, run: ScheduledRun): string {
  const values: Record<string, string> = {
    'schedule-arn': run.scheduleArn,
    'scheduled-time': `${run.scheduledAt.toISOString().slice(0, 19)}Z`,
    'execution-id': run.executionId,
    'attempt-number': String(run.attempt),
  };
  return input.replace(/<aws\.scheduler\.([a-z-]+)>/g, (text, name: string) => values[name] ?? text);
}
