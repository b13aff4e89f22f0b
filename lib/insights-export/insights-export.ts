import { RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { EventType } from '../../core/domain/events/domain-events.ts';
import type { DomainEventBus } from '../events/event-bus.ts';
import type { ServiceFunctionContext } from '../functions/service-function.ts';
import { AthenaWorkgroup } from './athena-workgroup.ts';
import type { ExportBucket } from './export-bucket.ts';
import { ExportCatalog } from './export-catalog.ts';
import { ExportStream } from './export-stream.ts';
import { ReaderPolicy } from './reader-policy.ts';

export interface InsightsExportProps {
  readonly context: ServiceFunctionContext;
  readonly events: DomainEventBus;
  readonly exportBucket: ExportBucket;
}

/**
 * Exports what the insights count of closed transactions: from the bus by Firehose into files in S3, for Athena and other
 * warehouses. docs/insights-export.md describes it.
 */
export class InsightsExport extends Construct {
  /** The name of Firehose's stream, for its metrics. */
  readonly streamName: string;
  readonly workgroupName: string;
  readonly databaseName: string;
  /** The policy for people who run queries. It is not attached to anyone. */
  readonly readerPolicyArn: string;

  constructor(scope: Construct, id: string, { context, events, exportBucket }: InsightsExportProps) {
    super(scope, id);
    const { bucket } = exportBucket;
    const catalog = new ExportCatalog(this, 'Catalog', { configuration: context.configuration, bucket });
    const { stream, senderRole } = new ExportStream(this, 'Stream', { context, bucket, catalog });
    events.deliver(this, 'InsightChanged', {
      description: 'redraw-tracker: export insights',
      pattern: { detailType: ['Insight Changed' satisfies EventType] },
      // Only the row: no other field of the event is exported.
      target: {
        arn: stream.attrArn,
        role: senderRole,
        input: RuleTargetInput.fromEventPath('$.detail.insight'),
      },
    });
    const workgroup = new AthenaWorkgroup(this, 'Athena', { context, bucket, catalog });
    this.streamName = stream.ref;
    this.workgroupName = workgroup.name;
    this.databaseName = catalog.databaseName;
    this.readerPolicyArn = new ReaderPolicy(this, 'Readers', {
      context,
      bucket,
      databaseName: this.databaseName,
      workgroupName: this.workgroupName,
    }).arn;
  }
}
