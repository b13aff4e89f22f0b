import { Stack } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  CfnDelivery,
  CfnDeliveryDestination,
  CfnDeliverySource,
  LogGroup,
  type RetentionDays,
} from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { vendedLogName } from '../audit/vended-log-name.ts';
import { serviceName } from '../configuration/configuration.ts';
import { allowLogs } from '../encryption/encryption-keys.ts';
import type { ServiceFunctionContext } from '../functions/service-function.ts';
import { optionalEdgeScope } from './edge-scope.ts';

/**
 * What is logged of a request. Not cs-uri-query, which has what people type into the search, and no cookie or referrer.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
const recordFields = [
  'date',
  'time',
  'c-ip',
  'cs-method',
  'cs(Host)',
  'cs-uri-stem',
  'cs(User-Agent)',
  'sc-status',
  'sc-bytes',
  'cs-bytes',
  'time-taken',
  'ssl-protocol',
  'x-edge-location',
  'x-edge-result-type',
  'x-edge-detailed-result-type',
  'x-edge-request-id',
];

/** The distributions, by the part of the system that they serve. */
type Logged = 'dashboard' | 'entrance';

/**
 * Logs the requests to a distribution, if the configuration wants it. By default it does in us-east-1 only: CloudFront
 * delivers from there, and a stack in another region needs one more stack for it.
 */
export function logRequests(
  scope: Construct,
  of: Logged,
  distribution: Distribution,
  context: ServiceFunctionContext,
): void {
  const logs = optionalEdgeScope(scope, context.configuration, {
    setting: 'cloudFrontAccessLog',
    stack: { name: 'access-log', purpose: 'the log of the requests to CloudFront' },
    without: 'CloudFront logs no requests',
  });
  if (logs) new AccessLog(logs, `AccessLog-${of}`, { of, distribution, context });
}

interface AccessLogProps {
  readonly of: Logged;
  readonly distribution: Distribution;
  readonly context: ServiceFunctionContext;
}

/**
 * CloudFront's standard logging (v2), into a log group. Its predecessor delivers into buckets, with access control lists,
 * which some organizations forbid, and not to opt-in regions. A late delivery makes the deletion of a bucket fail, but
 * not that of a log group.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
class AccessLog extends Construct {
  constructor(scope: Construct, id: string, { of, distribution, context }: AccessLogProps) {
    super(scope, id);
    // Names must be unique per account in us-east-1, with at most 60 characters.
    const name = `${serviceName(context.configuration)}-${of}-${Stack.of(distribution).region}`;
    const source = new CfnDeliverySource(this, 'Source', {
      name,
      logType: 'ACCESS_LOGS',
      // Built manually: distribution.distributionArn would reference the other stack for the account id, which is the same.
      resourceArn: Stack.of(this).formatArn({
        service: 'cloudfront',
        region: '',
        resource: 'distribution',
        resourceName: distribution.distributionId,
      }),
    });
    const destination = new CfnDeliveryDestination(this, 'Destination', {
      name,
      destinationResourceArn: this.logGroup(of, distribution, context).logGroupArn,
      outputFormat: 'json',
    });
    const delivery = new CfnDelivery(this, 'Delivery', {
      deliverySourceName: name,
      deliveryDestinationArn: destination.attrArn,
      recordFields,
    });
    // The delivery has the name of the source only, so CloudFormation does not know that the source must exist first.
    delivery.addResourceDependency(source);
  }

  private logGroup(of: Logged, distribution: Distribution, context: ServiceFunctionContext): LogGroup {
    const { configuration, removalPolicy } = context;
    return new LogGroup(this, 'Log', {
      logGroupName: vendedLogName(this, `cloudfront/${serviceName(configuration)}/${of}`),
      encryptionKey: this.key(distribution, context),
      retention: configuration.logRetentionDays as RetentionDays,
      removalPolicy,
    });
  }

  /** A key is in one region. The logs of a stack beside ours share one. */
  private key(distribution: Distribution, { keys, removalPolicy }: ServiceFunctionContext): Key {
    const stack = Stack.of(this);
    if (stack === Stack.of(distribution)) return keys.operations;
    const existing = stack.node.tryFindChild('Key') as Key | undefined;
    if (existing) return existing;
    const key = new Key(stack, 'Key', {
      description: 'redraw-tracker: log of the requests to CloudFront',
      enableKeyRotation: true,
      removalPolicy,
    });
    allowLogs(key);
    return key;
  }
}
