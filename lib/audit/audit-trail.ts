import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup, LogStream, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { auditRetentionDays } from '../configuration/configuration.ts';
import type { ServiceFunction, ServiceFunctionContext } from '../functions/service-function.ts';

/**
 * Who read or changed what, for years: a log group of its own, under a key of its own, so that access to the other logs
 * gives no access to it.
 */
export class AuditTrail extends Construct {
  readonly log: LogGroup;
  private readonly removalPolicy: RemovalPolicy;

  constructor(scope: Construct, id: string, context: ServiceFunctionContext) {
    super(scope, id);
    const { configuration, keys, removalPolicy } = context;
    this.removalPolicy = removalPolicy;
    this.log = new LogGroup(this, 'Log', {
      encryptionKey: keys.audit,
      retention: auditRetentionDays(configuration) as RetentionDays,
      // Blocks deletion until the protection is removed:
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/protecting-log-groups-from-deletion.html
      deletionProtectionEnabled: removalPolicy === RemovalPolicy.RETAIN,
      removalPolicy,
    });
  }

  /**
   * Lets the function add entries to a log stream of its own. It can neither read nor delete anything, and cannot create
   * streams either: the template has them all.
   */
  addWriter(fn: ServiceFunction): void {
    const stream = new LogStream(fn, 'AuditStream', {
      logGroup: this.log,
      removalPolicy: this.removalPolicy,
    });
    fn.permit({
      actions: ['logs:PutLogEvents'],
      resources: [
        Stack.of(fn).formatArn({
          service: 'logs',
          resource: `log-group:${this.log.logGroupName}:log-stream`,
          resourceName: stream.logStreamName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
    });
    fn.lambda.addEnvironment('AUDIT_LOG_GROUP', this.log.logGroupName);
    fn.lambda.addEnvironment('AUDIT_LOG_STREAM', stream.logStreamName);
  }
}
