import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { InsightsExport } from '../../insights-export/insights-export.ts';
import { fiveMinutes } from '../../metrics/metrics.ts';
import type { Alarms } from './alarms.ts';

/** Firehose writes every quarter of an hour, and discards what it could not write for a day. */
const LATE_SECONDS = Duration.hours(1).toSeconds();

/** Alarms on the export of the insights. https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html */
export function addExportAlarms(alarms: Alarms, { streamName }: InsightsExport): void {
  const metric = (metricName: string, statistic: string) =>
    new Metric({
      namespace: 'AWS/Firehose',
      metricName,
      dimensionsMap: { DeliveryStreamName: streamName },
      statistic,
      period: fiveMinutes,
    });
  alarms.add('InsightsExportLate', {
    metric: metric('DeliveryToS3.DataFreshness', Stats.MAXIMUM),
    threshold: LATE_SECONDS,
    meaning:
      'Firehose has not been able to write the insights export for an hour. It keeps waiting rows for a day and then discards them. Nothing else is affected: the insights in the API and on the dashboard are complete.',
    runbook: 'insights-export-late',
  });
  alarms.add('InsightsExportFailing', {
    metric: metric('FailedConversion.Records', Stats.SUM),
    threshold: 1,
    meaning:
      'A row of the insights export does not match the columns of its table. It is missing from queries and is kept in the folder for failed rows. Nothing else is affected.',
    runbook: 'insights-export-failing',
  });
}
