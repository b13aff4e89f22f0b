import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ServiceFunction } from '../functions/service-function.ts';
import type { TableMoveProps } from './table-export.ts';

/** Loads an export into a table that has nothing yet, when people invoke it; docs/leaving.md describes how. */
export class TableLoad extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, table, audit }: TableMoveProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Load', {
      context,
      name: 'load',
      description: 'Loads an export into an empty table on request',
      timeout: Duration.minutes(2),
      memorySize: 1024,
    });
    table.grantKeyScan(this.function);
    table.grant(this.function);
    audit.addWriter(this.function);
  }
}
