import { join } from 'node:path';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { inject } from 'vitest';
import { EncryptionKeys } from '../../../../lib/encryption/encryption-keys.ts';
import { OrdersTable } from '../../../../lib/storage/orders-table.ts';
import { createTables } from '../../../../tools/local/database/tables.ts';
import { type Template as LocalTemplate, openTemplate } from '../../../../tools/local/template/template.ts';

let template: LocalTemplate | null = null;

/** Creates the table with the deployed keys and indexes. Returns its name. */
export async function createDeployedTable(endpoint: string): Promise<string> {
  template ??= ordersTableTemplate();
  await createTables(endpoint, template);
  const [id = ''] = template.resources('AWS::DynamoDB::Table');
  return template.nameOf(id);
}

function ordersTableTemplate(): LocalTemplate {
  // `npm run synth` validates the template; the validation takes seconds to start.
  const outdir = join(inject('temporaryFolder'), `table-${process.pid}`);
  const stack = new Stack(new App({ builtinCloudFormationValidation: false, outdir }));
  const keys = new EncryptionKeys(stack, 'Keys', { removalPolicy: RemovalPolicy.DESTROY });
  new OrdersTable(stack, 'Orders', {
    keys,
    removalPolicy: RemovalPolicy.DESTROY,
    deletionProtection: false,
    transactionGrants: 'union',
  });
  return openTemplate({ template: Template.fromStack(stack).toJSON(), assets: new Map() });
}
