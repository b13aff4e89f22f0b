import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';

export interface TableMoveProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
  readonly audit: AuditTrail;
}

export interface TableExportProps extends TableMoveProps {
  /** The names of the capabilities with items of their own. */
  readonly parts: readonly string[];
}

/** Answers everything that is stored, page by page, when people invoke it; docs/leaving.md describes how. */
export class TableExport extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, table, audit, parts }: TableExportProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Export', {
      context,
      name: 'export',
      description: 'Exports everything that is stored on request',
      timeout: Duration.minutes(1),
      memorySize: 1024,
      environment: parts.length > 0 ? { CAPABILITIES: parts.join(',') } : {},
    });
    // No condition of IAM limits a scan to kinds of items, and this one is for all of them.
    this.function.permit({ actions: ['dynamodb:Scan'], resources: [table.table.tableArn] });
    table.grant(this.function);
    audit.addWriter(this.function);
  }
}
