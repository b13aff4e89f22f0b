import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { openTable, type Table } from '../../functions/store/table.ts';
import { EncryptionKeys } from '../../lib/encryption-keys.ts';
import { OrdersTable } from '../../lib/orders-table.ts';
import { REGION } from '../../local/intrinsics.ts';
import { LOCAL_CREDENTIALS } from '../../local/local-client.ts';
import { createTables } from '../../local/tables.ts';
import { type Template as LocalTemplate, openTemplate } from '../../local/template.ts';
import { startTestEngine } from '../engines/test-engine.ts';

export interface EngineTable {
  readonly table: Table;
  close(): Promise<void>;
}

/** The table as deployed, keys and indexes and all, empty, on an engine of its own that keeps nothing. */
export async function openEngineTable(): Promise<EngineTable> {
  const template = ordersTableTemplate();
  const engine = await startTestEngine();
  await createTables(engine.endpoint, template);
  // As the functions find it: by nothing but their environment.
  process.env.AWS_ENDPOINT_URL_DYNAMODB = engine.endpoint;
  process.env.AWS_REGION = REGION;
  process.env.AWS_ACCESS_KEY_ID = LOCAL_CREDENTIALS.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = LOCAL_CREDENTIALS.secretAccessKey;
  const [id = ''] = template.resources('AWS::DynamoDB::Table');
  const table = openTable(template.nameOf(id));
  return {
    table,
    close: async () => {
      table.client.destroy();
      await engine.stop();
    },
  };
}

function ordersTableTemplate(): LocalTemplate {
  const stack = new Stack(new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': false } }));
  const keys = new EncryptionKeys(stack, 'Keys', { removalPolicy: RemovalPolicy.DESTROY });
  new OrdersTable(stack, 'Orders', {
    keys,
    removalPolicy: RemovalPolicy.DESTROY,
    deletionProtection: false,
  });
  return openTemplate({ template: Template.fromStack(stack).toJSON(), assets: new Map() });
}
