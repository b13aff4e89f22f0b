import * as z from 'zod';
import type { FailedRequest } from '../permissions/database-proxy.ts';
import type { FunctionDefinition } from '../runtime/function-definition.ts';
import type { EventSourceMapping } from '../streams/event-source-mapping.ts';
import type { Measurement } from './embedded-metrics.ts';

/** A metric that a service of AWS measures itself, where the local run simulates the service. */
function measured(
  namespace: string,
  name: string,
  dimensions: Readonly<Record<string, string>>,
  value: number,
): Measurement {
  return { namespace, name, dimensions, values: [value], at: Date.now() };
}

/** The age of the last record of an invocation in milliseconds. */
export function iteratorAge({ physicalName }: FunctionDefinition, age: number): Measurement {
  return measured('AWS/Lambda', 'IteratorAge', { FunctionName: physicalName }, Math.max(0, age));
}

/** Of a function, one invocation that failed or was throttled. */
export function invocationMetric(
  name: 'Errors' | 'Throttles',
  { physicalName }: FunctionDefinition,
): Measurement {
  return measured('AWS/Lambda', name, { FunctionName: physicalName }, 1);
}

/**
 * Of a stream's records, those that a function failed to process, or that were dropped.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html#event-source-mapping-metrics
 */
export function recordMetric(
  name: 'FailedInvokeEventCount' | 'DroppedEventCount',
  { id }: EventSourceMapping,
  records: number,
): Measurement {
  return measured('AWS/Lambda', name, { EventSourceMappingUUID: id }, records);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
export function serverErrors(apiId: string, status: number): Measurement {
  return measured('AWS/ApiGateway', '5xx', { ApiId: apiId }, status >= 500 ? 1 : 0);
}

/**
 * The share of a distribution's answers with 5xx, as a percentage: its average over the answers is that of CloudFront's rate.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
 */
export function serverErrorRate(distributionId: string, status: number): Measurement {
  const dimensions = { DistributionId: distributionId, Region: 'Global' };
  return measured('AWS/CloudFront', '5xxErrorRate', dimensions, status >= 500 ? 100 : 0);
}

export function messagesVisible(queueName: string, messages: number): Measurement {
  return measured('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: queueName }, messages);
}

/** Where a request to DynamoDB names its tables. */
const requestSchema = z.object({
  TableName: z.string().optional(),
  IndexName: z.string().optional(),
  RequestItems: z.record(z.string(), z.unknown()).transform(Object.keys).optional(),
  TransactItems: z
    .array(z.record(z.string(), z.object({ TableName: z.string() })))
    .transform((items) => items.flatMap((item) => Object.values(item).map(({ TableName }) => TableName)))
    .optional(),
});

const THROTTLED = /ThrottlingException|ProvisionedThroughputExceededException|RequestLimitExceeded/;
const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems']);

/**
 * What DynamoDB counts of a request that it refused: throttled ones by read and write, and its own errors.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export function databaseFailures({ operation, input, status, type }: FailedRequest): Measurement[] {
  const { TableName, IndexName, ...tables } = requestSchema.parse(input);
  const table = TableName ?? tables.RequestItems?.[0] ?? tables.TransactItems?.[0] ?? '';
  if (status >= 500) {
    return [measured('AWS/DynamoDB', 'SystemErrors', { TableName: table, Operation: operation }, 1)];
  }
  if (!THROTTLED.test(type)) return [];
  const name = READS.has(operation) ? 'ReadThrottleEvents' : 'WriteThrottleEvents';
  const index = IndexName === undefined ? {} : { GlobalSecondaryIndexName: IndexName };
  return [measured('AWS/DynamoDB', name, { TableName: table, ...index }, 1)];
}
