import { type IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Configuration } from '../../configuration/configuration.ts';
import { damagedItems, fiveMinutes, sum } from '../../metrics/metrics.ts';
import type { Alarms } from './alarms.ts';

/** A table, and the names of its indexes. */
export interface MonitoredTable {
  readonly table: Table;
  readonly indexes: readonly string[];
}

/** The operations of the functions and of the stream's readers. An alarm can have ten metrics, and the quarantine is rarely used. */
const OPERATIONS = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'Scan',
  'PutItem',
  'UpdateItem',
  'TransactWriteItems',
  'GetRecords',
] as const;

/** Alarms on the table that are not the fault of any one function. */
export function addTableAlarms(
  alarms: Alarms,
  configuration: Configuration,
  tables: readonly MonitoredTable[],
): void {
  alarms.add('ItemsDamaged', {
    metric: damagedItems(configuration),
    threshold: 1,
    meaning:
      'An item of the table cannot be read, and was left out of a list, a review, an email or a sweep. The others are not affected. A rebuild names the damaged items, and repairs transactions.',
    runbook: 'items-damaged',
  });
  alarms.add('TableReadThrottles', {
    metric: throttles(tables, 'ReadThrottleEvents'),
    threshold: 20,
    periods: 2,
    meaning:
      'DynamoDB has throttled reads of a table or of one of its indexes for ten minutes. The API responds slowly or returns 503, and transactions may lag behind their orders.',
    runbook: 'table-throttles',
  });
  alarms.add('TableWriteThrottles', {
    metric: throttles(tables, 'WriteThrottleEvents'),
    threshold: 20,
    periods: 2,
    meaning:
      'DynamoDB has throttled writes to a table or to one of its indexes for ten minutes. Webhooks get a 503 and are retried, and transactions may lag behind their orders.',
    runbook: 'table-throttles',
  });
  alarms.add('TableSystemErrors', {
    metric: sum(
      'errors',
      tables
        .slice(0, 1)
        .flatMap(({ table }) =>
          OPERATIONS.map((Operation) => metricOf(table, 'SystemErrors', { Operation })),
        ),
      'SystemErrors',
    ),
    threshold: 5,
    meaning:
      'DynamoDB returned a server error for five requests in five minutes. The functions retry. Requests that keep failing are delivered again or redriven.',
    runbook: 'table-system-errors',
  });
}

/**
 * Throttled reads or writes of the tables and each of their indexes: the metric of a table does not include them.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export function throttles(
  tables: readonly MonitoredTable[],
  metricName: 'ReadThrottleEvents' | 'WriteThrottleEvents',
): IMetric {
  const metrics = tables.flatMap(({ table, indexes }) => [
    metricOf(table, metricName),
    ...indexes.map((name) => metricOf(table, metricName, { GlobalSecondaryIndexName: name })),
  ]);
  const prefix = metricName === 'ReadThrottleEvents' ? 'reads' : 'writes';
  return sum(prefix, metrics, metricName);
}

function metricOf(
  table: Table,
  metricName: string,
  dimensions: Readonly<Record<string, string>> = {},
): Metric {
  return new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: { TableName: table.tableName, ...dimensions },
    statistic: Stats.SUM,
    period: fiveMinutes,
  });
}
