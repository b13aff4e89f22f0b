import * as z from 'zod';
import { eventPattern, type Matches } from '../events/event-pattern.ts';
import type { Destination, Destinations } from '../messaging/destinations.ts';
import { Problem } from '../problem.ts';
import { type FunctionDefinition, functionNamed } from '../runtime/function-definition.ts';
import { nameIn } from '../template/resource-names.ts';
import type { Template } from '../template/template.ts';

/** An event source mapping of a table's stream. */
export interface StreamMapping {
  id: string;
  tableName: string;
  function: FunctionDefinition;
  batchSize: number;
  batchingWindowMs: number;
  startingPosition: 'TRIM_HORIZON' | 'LATEST';
  bisect: boolean;
  /** Infinity if there is no limit. */
  retries: number;
  recordAgeMs: number;
  reportsItemFailures: boolean;
  /** Records for which it is false are passed over. */
  matches: Matches;
  /** Gets what could not be handled: a bucket, by its logical id, the records; anything else a pointer to them. */
  onFailure: { bucket: string } | Destination | undefined;
}

const limit = z.coerce
  .number()
  .default(-1)
  .transform((value) => (value < 0 ? Number.POSITIVE_INFINITY : value));

const mappingSchema = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.coerce.boolean().default(true),
  BatchSize: z.coerce.number().int().min(1).default(100),
  MaximumBatchingWindowInSeconds: z.coerce.number().default(0),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  BisectBatchOnFunctionError: z.coerce.boolean().default(false),
  MaximumRetryAttempts: limit,
  MaximumRecordAgeInSeconds: limit,
  FunctionResponseTypes: z.array(z.string()).default([]),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })).default([]) }).optional(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
});

/** ParallelizationFactor is read as 1: order per key is the same, and one local shard needs no more. */
export function readStreamMappings(
  template: Template,
  functions: FunctionDefinition[],
  destinations: Destinations,
): StreamMapping[] {
  return template.resources('AWS::Lambda::EventSourceMapping').flatMap((id) => {
    const mapping = template.read(id, mappingSchema);
    const isStream = mapping.EventSourceArn.includes(':dynamodb:');
    if (!mapping.Enabled || !isStream) return [];
    const filters = (mapping.FilterCriteria?.Filters ?? []).map(({ Pattern }) =>
      eventPattern(JSON.parse(Pattern)),
    );
    return {
      id,
      tableName: nameIn(mapping.EventSourceArn, ':table/'),
      function: functionNamed(functions, mapping.FunctionName),
      batchSize: mapping.BatchSize,
      batchingWindowMs: mapping.MaximumBatchingWindowInSeconds * 1000,
      startingPosition: mapping.StartingPosition,
      bisect: mapping.BisectBatchOnFunctionError,
      retries: mapping.MaximumRetryAttempts,
      recordAgeMs: mapping.MaximumRecordAgeInSeconds * 1000,
      reportsItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      matches: (event: unknown) => filters.length === 0 || filters.some((matches) => matches(event)),
      onFailure: onFailure(template, id, mapping.DestinationConfig?.OnFailure?.Destination, destinations),
    };
  });
}

function onFailure(
  template: Template,
  id: string,
  arn: string | undefined,
  destinations: Destinations,
): StreamMapping['onFailure'] {
  if (arn === undefined) return undefined;
  if (!arn.includes(':s3:::')) return destinations.find(arn, `mapping ${id}`);
  const name = nameIn(arn, ':s3:::');
  const bucket = template.resources('AWS::S3::Bucket').find((bucketId) => template.nameOf(bucketId) === name);
  if (bucket !== undefined) return { bucket };
  throw new Problem(`The on-failure destination of ${id}, ${arn}, is not one of the template's buckets.`);
}
