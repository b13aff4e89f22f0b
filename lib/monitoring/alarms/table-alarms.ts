import { type IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { INDEXES } from '../../../core/store/table-layout.ts';
import type { Configuration } from '../../configuration/configuration.ts';
import type { OrdersTable } from '../../storage/orders-table.ts';
import { damagedItems, fiveMinutes, sum } from '../metrics.ts';
import type { Alarms } from './alarms.ts';

/** The operations of the functions and of the stream's readers. */
const OPERATIONS = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'Scan',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'TransactWriteItems',
  'GetRecords',
] as const;

/** Alarms on the table that are not the fault of any one function. */
export function addTableAlarms(alarms: Alarms, configuration: Configuration, table: OrdersTable): void {
  alarms.add('ItemsDamaged', {
    metric: damagedItems(configuration),
    threshold: 1,
    meaning:
      'An item of the table cannot be read, and was left out of a list, a review, an email or a sweep. The others are not affected. A rebuild names damaged orders and transactions, and repairs transactions.',
    runbook: 'items-damaged',
  });
  alarms.add('TableReadThrottles', {
    metric: throttles(table, 'ReadThrottleEvents'),
    threshold: 20,
    periods: 2,
    meaning:
      'DynamoDB has throttled reads of the table or of one of its indexes for ten minutes. The API responds slowly or returns 503, and transactions may lag behind their orders.',
    runbook: 'table-throttles',
  });
  alarms.add('TableWriteThrottles', {
    metric: throttles(table, 'WriteThrottleEvents'),
    threshold: 20,
    periods: 2,
    meaning:
      'DynamoDB has throttled writes to the table or to one of its indexes for ten minutes. Webhooks get a 503 and are retried, and transactions may lag behind their orders.',
    runbook: 'table-throttles',
  });
  alarms.add('TableSystemErrors', {
    metric: sum(
      'errors',
      OPERATIONS.map((Operation) => metricOf(table, 'SystemErrors', { Operation })),
      'SystemErrors',
    ),
    threshold: 5,
    meaning:
      'DynamoDB returned a server error for five requests in five minutes. The functions retry. Requests that keep failing are delivered again or redriven.',
    runbook: 'table-system-errors',
  });
}

/**
 * Throttled reads or writes of the table and each of its indexes: the metric of the table does not include them.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export function throttles(
  table: OrdersTable,
  metricName: 'ReadThrottleEvents' | 'WriteThrottleEvents',
): IMetric {
  const ofIndexes = Object.keys(INDEXES).map((name) =>
    metricOf(table, metricName, { GlobalSecondaryIndexName: name }),
  );
  const prefix = metricName === 'ReadThrottleEvents' ? 'reads' : 'writes';
  return sum(prefix, [metricOf(table, metricName), ...ofIndexes], metricName);
}

function metricOf(
  { table }: OrdersTable,
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
