import * as z from 'zod';
import type { Destination, Destinations } from '../messaging/destinations.ts';
import type { Template } from '../template/template.ts';
import { type FunctionDefinition, functionNamed } from './function-definition.ts';

/** What becomes of a function's asynchronous invocations. */
export interface AsyncRules {
  /** Of the function. */
  arn: string;
  retries: number;
  /** An event that has waited longer is given up. */
  ageMs: number;
  onSuccess: Destination | undefined;
  onFailure: Destination | undefined;
  /** The function's dead-letter queue: gets the event itself. */
  deadLetters: Destination | undefined;
}

const sendTo = z.object({ Destination: z.string().optional() }).optional();

const configSchema = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.coerce.number().int().min(0).max(2).default(2),
  MaximumEventAgeInSeconds: z.coerce.number().default(21_600),
  DestinationConfig: z.object({ OnSuccess: sendTo, OnFailure: sendTo }).optional(),
});

const functionSchema = z.object({
  DeadLetterConfig: z.object({ TargetArn: z.string().optional() }).optional(),
});

/** By the function's name. */
export function readAsyncRules(
  template: Template,
  functions: FunctionDefinition[],
  destinations: Destinations,
): ReadonlyMap<string, AsyncRules> {
  const find = (arn: string | undefined, user: string) =>
    arn === undefined ? undefined : destinations.find(arn, user);
  const configs = template.resources('AWS::Lambda::EventInvokeConfig').map((id) => {
    const { FunctionName, ...config } = template.read(id, configSchema);
    return { id, definition: functionNamed(functions, FunctionName), ...config };
  });
  const rules = functions.map((definition): [string, AsyncRules] => {
    const { arn, name, logicalId } = definition;
    const config = configs.find((each) => each.definition === definition);
    const { OnSuccess, OnFailure } = config?.DestinationConfig ?? {};
    const { DeadLetterConfig } = template.read(logicalId, functionSchema);
    return [
      name,
      {
        arn,
        retries: config?.MaximumRetryAttempts ?? 2,
        ageMs: (config?.MaximumEventAgeInSeconds ?? 21_600) * 1000,
        onSuccess: find(OnSuccess?.Destination, `${config?.id}`),
        onFailure: find(OnFailure?.Destination, `${config?.id}`),
        deadLetters: find(DeadLetterConfig?.TargetArn, logicalId),
      },
    ];
  });
  return new Map(rules);
}
