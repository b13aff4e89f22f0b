import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/**
 * Finds what a webhook, an API request or a scheduled run caused: the lines of the functions, the request in the access log and
 * the events on the bus. docs/operations/runbook.md shows it.
 */
const correlationQuery = `fields @timestamp, coalesce(service, \`detail-type\`, routeKey) as source
| fields coalesce(message, detail.id, status) as what, outcome, order_id, transaction_key, error_name
| fields coalesce(correlation_id, detail.correlation_id, requestId) as cause
| filter cause = "msg_..."
| sort @timestamp asc
| limit 1000`;

export interface CorrelationQueryProps {
  /** The console shows it as a folder. */
  readonly folder: string;
  /** At most 50, which one query can search: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AnalyzingLogData.html */
  readonly logGroups: readonly ILogGroup[];
}

/** The query as a saved query of CloudWatch Logs Insights, with all log groups selected. */
export class CorrelationQuery extends Construct {
  constructor(scope: Construct, id: string, { folder, logGroups }: CorrelationQueryProps) {
    super(scope, id);
    new CfnQueryDefinition(this, 'Query', {
      name: `${folder}/What a webhook caused`,
      queryString: correlationQuery,
      logGroupNames: logGroups.map(({ logGroupName }) => logGroupName),
    });
  }
}
