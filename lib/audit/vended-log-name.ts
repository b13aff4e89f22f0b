import { Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * A name for a log group that an AWS service writes to. With this prefix the service needs no resource policy per log group,
 * of which an account can have only ten. The id of the stack avoids a conflict with the retained log of an earlier stack.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-CloudWatchLogs.html
 */
export function vendedLogName(scope: Construct, name: string): string {
  return `/aws/vendedlogs/${name}/${Fn.select(2, Fn.split('/', Stack.of(scope).stackId))}`;
}
