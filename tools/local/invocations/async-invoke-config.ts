import * as z from 'zod';
import { type FunctionDefinition, functionNamed } from '../runtime/function-definition.ts';
import type { Template } from '../template/template.ts';
import type { Destination, Destinations } from '../topics-and-queues/destinations.ts';

/** How Lambda handles the asynchronous invocations of a function. */
export interface AsyncInvokeConfig {
  functionArn: string;
  retries: number;
  /** Older events are discarded. */
  ageMs: number;
  onFailure: Destination | undefined;
}

/** Strict: the local run supports no on-success destination. */
const configSchema = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.coerce.number().int().min(0).max(2),
  MaximumEventAgeInSeconds: z.coerce.number(),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) }).optional(),
});

/** Lambda's defaults for a function without a configuration. */
const DEFAULT_RETRIES = 2;
const DEFAULT_AGE_MS = 6 * 3_600_000;

/** By the name of the function. */
export function readAsyncInvokeConfigs(
  template: Template,
  functions: FunctionDefinition[],
  destinations: Destinations,
): ReadonlyMap<string, AsyncInvokeConfig> {
  const configs = new Map(
    functions.map(({ name, arn }): [string, AsyncInvokeConfig] => [
      name,
      { functionArn: arn, retries: DEFAULT_RETRIES, ageMs: DEFAULT_AGE_MS, onFailure: undefined },
    ]),
  );
  for (const id of template.resources('AWS::Lambda::EventInvokeConfig')) {
    const config = template.read(id, configSchema);
    const { name, arn } = functionNamed(functions, config.FunctionName);
    configs.set(name, {
      functionArn: arn,
      retries: config.MaximumRetryAttempts,
      ageMs: config.MaximumEventAgeInSeconds * 1000,
      onFailure:
        config.DestinationConfig && destinations.find(config.DestinationConfig.OnFailure.Destination, id),
    });
  }
  return configs;
}
