/** The deployed functions, and the parts of the template that concern the deployer. */
import { readFileSync } from 'node:fs';
import { CfnResource, Stack, TagManager } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { DEVELOPMENT_SECRET_FINGERPRINT } from '../../lib/intake/webhook-endpoint.ts';
import manifest from '../../package.json' with { type: 'json' };
import {
  customSettings,
  type SynthesizedStack,
  synthesize,
  withEntrance,
  withEverything,
} from './synthesized-stack.ts';

const stack = synthesize();
const { template } = stack;
const functionNames = [
  'webhook',
  'recompute',
  'query',
  'results',
  'reconcile',
  'quarantine',
  'history',
  'sweep',
  'publish',
  'review',
  'operator-mails',
  'sign-in',
];

describe('the functions', () => {
  it('run on the platform that the bundles are built for, each with its own log', () => {
    for (const name of functionNames) {
      expect(stack.functionNamed(name).resource.Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        LoggingConfig: { LogGroup: { Ref: expect.any(String) } },
      });
    }
  });

  it('have the addresses of resources in their environment, and no secret', () => {
    const tableId = (name: RegExp) =>
      Object.keys(stack.ofType('AWS::DynamoDB::Table')).find((id) => name.test(id));
    const secrets = Object.keys(stack.ofType('AWS::SecretsManager::Secret'));
    const environment = (name: string) => stack.functionNamed(name).resource.Properties.Environment.Variables;
    const common = (name: string) => ({
      SERVICE_NAME: name,
      SERVICE_VERSION: manifest.version,
      METRICS_NAMESPACE: 'RedrawTracker/prod',
      LOG_LEVEL: 'INFO',
    });
    const table = { TABLE_NAME: { Ref: tableId(/^Orders/) } };
    const quarantine = { QUARANTINE_TABLE_NAME: { Ref: tableId(/^Quarantined/) } };
    const bus = {
      EVENT_BUS_NAME: { Ref: expect.stringMatching(/Bus/) },
      HISTORICAL_EVENTS: 'marked',
      WATCH_ONLY: 'off',
      DASHBOARD_URL: expect.anything(),
      API_URL: expect.anything(),
    };
    const secretReference = { Ref: expect.stringMatching(new RegExp(`^(${secrets.join('|')})$`)) };
    const clocks = {
      LAB_TIME_ZONE: 'America/Los_Angeles',
      REDRAW_NO_ORDER: 'PT1H',
      REDRAW_NO_REQUISITION: 'P1D',
      REDRAW_NO_APPOINTMENT: 'P7D',
      REDRAW_AFTER_APPOINTMENT: 'P1D',
      REDRAW_AFTER_RESULT_DATE: 'P1D',
      REDRAW_NO_RESULT_DATE: 'P14D',
      ORDER_NO_REQUISITION: 'P2D',
      ORDER_NO_APPOINTMENT: 'P30D',
      ORDER_AFTER_APPOINTMENT: 'P3D',
      ORDER_AFTER_RESULT_DATE: 'P7D',
      ORDER_NO_RESULT_DATE: 'P30D',
      CHECK_DIVERGING: 'PT15M',
      CHECK_SILENT: 'P30D',
    };
    expect(environment('recompute')).toEqual({ ...common('recompute'), ...table, ...clocks });
    const audit = {
      AUDIT_LOG_GROUP: { Ref: expect.stringMatching(/^AuditTrailLog/) },
      AUDIT_LOG_STREAM: { Ref: expect.stringMatching(/AuditStream/) },
    };
    expect(environment('query')).toEqual({
      ...common('query'),
      ...audit,
      ...table,
      ...clocks,
      CURSOR_SECRET_ARN: secretReference,
      CRITICAL_NO_ACKNOWLEDGEMENT: 'PT1H',
      TOKENS_FROM: { 'Fn::Join': ['', expect.arrayContaining(['.amazoncognito.com/oauth2/token'])] },
    });
    expect(environment('quarantine')).toEqual({
      ...common('quarantine'),
      ...audit,
      ...table,
      ...quarantine,
      CURSOR_SECRET_ARN: secretReference,
      QUARANTINE_RETENTION_DAYS: '90',
      KEEP_INTERPRETATION: 'off',
    });
    expect(environment('results')).toEqual({
      ...common('results'),
      ...audit,
      ...table,
      JUNCTION_BASE_URL: 'https://api.us.junction.com',
      JUNCTION_API_KEY_ARN: secretReference,
      PATIENT_NAMES: 'off',
    });
    const operators = {
      OPERATORS_TOPIC_ARN: { Ref: expect.stringMatching(/Topic/) },
      WORKLIST_URL: { 'Fn::Join': ['', ['https://', expect.anything(), '/']] },
      RUNBOOK_URL: 'docs/operations/runbook.md',
    };
    const ofSweep = {
      ...operators,
      SWEEP_EVERY: 'PT15M',
      CHECK_UPDATES: 'PT1H',
      CHECK_DRAWS: 'P1D',
      WATCHING_SINCE: 'first-sweep',
      CRITICAL_RESULTS_URL: { 'Fn::Join': ['', ['https://', expect.anything(), '/critical-results']] },
    };
    for (const name of ['sweep', 'reconcile']) {
      expect(environment(name)).toEqual({
        ...common(name),
        ...table,
        ...clocks,
        JUNCTION_BASE_URL: 'https://api.us.junction.com',
        JUNCTION_API_KEY_ARN: secretReference,
        KEEP_INTERPRETATION: 'off',
        ...(name === 'sweep' ? ofSweep : audit),
      });
    }
    expect(environment('history')).toEqual({
      ...common('history'),
      PROJECTION_FUNCTION_NAME: { Ref: stack.functionNamed('recompute').id },
      OPERATORS_TOPIC_ARN: { Ref: expect.stringMatching(/Topic/) },
    });
    expect(environment('publish')).toEqual({
      ...common('publish'),
      ...table,
      ...bus,
      WATCHING_SINCE: 'first-sweep',
    });
    expect(environment('review')).toEqual({
      ...common('review'),
      ...table,
      ...bus,
      ...operators,
    });
    expect(environment('webhook')).toEqual({
      ...common('webhook'),
      ...table,
      ...quarantine,
      WEBHOOK_SECRET_ARN: secretReference,
      QUARANTINE_RETENTION_DAYS: '90',
      SIGNING_SECRET_MIN_BYTES: '24',
      REFUSED_SIGNING_SECRETS: DEVELOPMENT_SECRET_FINGERPRINT,
      KEEP_INTERPRETATION: 'off',
    });
    expect(JSON.stringify(template.toJSON())).not.toContain('{{resolve:');
  });
});

describe('the template', () => {
  it('has the outputs that a deployer needs', () => {
    expect(Object.keys(template.toJSON().Outputs).sort()).toEqual([
      'AccessLogName',
      'ApiUrl',
      'AuditLogName',
      'ClientIdBackend',
      'CriticalResultsTopicArn',
      'DashboardUrl',
      'DeadLettersUrl',
      'EventBusName',
      'EventLogName',
      'ExportFunctionName',
      'FailureBucketName',
      'ImportFunctionName',
      'JunctionApiKeyArn',
      'LoadFunctionName',
      'OperatorMailsLogName',
      'OperatorsTopicArn',
      'QuarantineTableName',
      'RebuildFunctionName',
      'TableName',
      'TokenEndpoint',
      'TransactionFunctions',
      'UserPoolId',
      'Version',
      'WebhookSecretArn',
      'WebhookUrl',
    ]);
  });

  it('has each output in the table of docs/deploy.md, with every capability on', () => {
    const page = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
    const [, table = ''] = page.split('| Output | Description |');
    const rows = (table.split('\n\n')[0] ?? '').split('\n').map((row) => row.split('|')[1] ?? '');
    const described = rows.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name));
    const outputs = synthesize(withEverything, 'us-east-1').template.toJSON().Outputs;
    expect(described.sort()).toEqual(Object.keys(outputs).sort());
  });

  it('states its version in an output', () => {
    expect(template.toJSON().Outputs.Version.Value).toBe(manifest.version);
  });

  it('has its tags and those of the owner on every resource that can have tags', () => {
    // With every stack that it can have.
    const custom = synthesize(
      {
        ...customSettings,
        ...withEntrance,
        cloudFrontAccessLog: 'on',
        cloudFrontAlarm: 'on',
      },
      'eu-central-1',
    );
    const stacks = custom.app.node.children.filter((child) => Stack.isStack(child));
    expect(stacks.length).toBe(5);
    const tags = {
      application: 'redraw-tracker',
      'redraw-tracker:stage': 'test',
      owner: 'lab-ops',
      'cost-center': 'a=b',
    };
    const version = { 'redraw-tracker:version': manifest.version };
    for (const one of stacks) {
      expect(one.tags.tagValues()).toEqual(one === custom.stack ? { ...tags, ...version } : tags);
      const taggable = one.node
        .findAll()
        .flatMap((node) => (CfnResource.isCfnResource(node) ? [node] : []))
        // What the CDK adds to the stack itself has the tags of the stack.
        .filter(({ node }) => node.scopes.every(({ node: { id } }) => !id.startsWith('Custom::')))
        .flatMap((resource) => TagManager.of(resource) ?? []);
      expect(taggable.length).toBeGreaterThan(0);
      for (const manager of taggable) {
        expect(manager.tagValues()).toMatchObject(tags);
        expect(manager.tagValues()).not.toHaveProperty('redraw-tracker:version');
      }
    }
    const table = Object.values(custom.ofType('AWS::DynamoDB::Table'))[0]?.Properties.Tags;
    expect(table).toContainEqual({ Key: 'owner', Value: 'lab-ops' });
  });

  it('is plain ASCII, because CloudFormation shows other characters as question marks', () => {
    const text = JSON.stringify(template.toJSON());
    expect([...text].filter((character) => character > '~')).toEqual([]);
  });

  it('reserves concurrency for the webhook only if configured', () => {
    const share = (synthesized: SynthesizedStack) =>
      synthesized.functionNamed('webhook').resource.Properties.ReservedConcurrentExecutions;
    expect(share(stack)).toBeUndefined();
    expect(share(synthesize(customSettings))).toBe(20);
  });
});
