import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import { eventPattern, type Matches } from '../events/event-pattern.ts';
import { type FunctionDefinition, functionNamed } from '../runtime/function-definition.ts';
import { attributeOf, nameIn } from '../template/resource-names.ts';
import { type Template, unsupported } from '../template/template.ts';

/** An event source mapping of a table's stream. */
export interface EventSourceMapping {
  id: string;
  tableName: string;
  function: FunctionDefinition;
  batchSize: number;
  bisect: boolean;
  recordAgeMs: number;
  reportsItemFailures: boolean;
  /** Whether the filters pass a record to the function. */
  matches: Matches;
  /** Logical id of the bucket for the batches that fail. */
  failureBucket: string;
}

const mappingSchema = z.object({
  EventSourceArn: z.string().includes(':dynamodb:', 'the local run supports streams of tables only'),
  FunctionName: z.string(),
  Enabled: unsupported,
  BatchSize: z.coerce.number().int().min(1),
  MaximumBatchingWindowInSeconds: unsupported,
  StartingPosition: z.literal('TRIM_HORIZON'),
  BisectBatchOnFunctionError: z.coerce.boolean(),
  MaximumRetryAttempts: z.literal(
    -1,
    'only -1 is supported, because the local run limits retries by age, not by number',
  ),
  MaximumRecordAgeInSeconds: z.coerce.number().min(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) }),
});

/** ParallelizationFactor is ignored: it keeps the order per key, and one local shard does not need it. */
export function readEventSourceMappings(
  template: Template,
  functions: FunctionDefinition[],
): EventSourceMapping[] {
  return template.resources('AWS::Lambda::EventSourceMapping').map((id) => {
    const mapping = template.read(id, mappingSchema);
    const filters = mapping.FilterCriteria.Filters.map(({ Pattern }) => eventPattern(JSON.parse(Pattern)));
    return {
      id,
      tableName: nameIn(mapping.EventSourceArn, ':table/'),
      function: functionNamed(functions, mapping.FunctionName),
      batchSize: mapping.BatchSize,
      bisect: mapping.BisectBatchOnFunctionError,
      recordAgeMs: mapping.MaximumRecordAgeInSeconds * 1000,
      reportsItemFailures: mapping.FunctionResponseTypes.length > 0,
      matches: (event) => filters.some((matches) => matches(event)),
      failureBucket: bucketOf(template, id, mapping.DestinationConfig.OnFailure.Destination),
    };
  });
}

function bucketOf(template: Template, mapping: string, arn: string): string {
  const bucket = template
    .resources('AWS::S3::Bucket')
    .find((id) => attributeOf('AWS::S3::Bucket', template.nameOf(id), 'Arn') === arn);
  if (bucket !== undefined) return bucket;
  throw new Problem(`The on-failure destination of ${mapping}, ${arn}, is not a bucket of the template.`);
}
