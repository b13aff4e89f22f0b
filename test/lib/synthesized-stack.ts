import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { inject } from 'vitest';
import type * as z from 'zod';
import manifest from '../../cdk.json' with { type: 'json' };
import type { Bundles } from '../../lib/bundling/bundles.ts';
import {
  type Configuration,
  hasDashboard,
  readConfiguration,
} from '../../lib/configuration/configuration.ts';
import { settings } from '../../lib/configuration/configuration-keys.ts';
import { RedrawTracker } from '../../lib/redraw-tracker.ts';
import { RedrawTrackerDataStack, RedrawTrackerStack } from '../../lib/redraw-tracker-stacks.ts';
import { linkStacks } from '../../tools/local/template/linked-stacks.ts';

/** A resource in the template. */
export interface SynthesizedResource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is JSON of any form; the assertions check it
  readonly Properties: any;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
}

interface DeployedTemplate {
  readonly Resources: Readonly<Record<string, SynthesizedResource>>;
  readonly Outputs?: unknown;
}

export interface BuiltApp {
  readonly app: App;
  /** The stack with everything that holds state. */
  readonly dataStack: RedrawTrackerDataStack;
  readonly stack: RedrawTrackerStack;
}

/** The app as bin/ builds it, without bundles and without the CloudFormation validation, which takes seconds. */
export function buildApp(settings: Record<string, unknown> = {}, region?: string): BuiltApp {
  const app = appWith(settings);
  const configuration = readConfiguration(app.node.getAllContext());
  const env = region === undefined ? {} : { env: { region } };
  const bundles = bundlesFor(configuration);
  const dataStack = new RedrawTrackerDataStack(app, 'RedrawTrackerData', { ...env, configuration, bundles });
  const stack = new RedrawTrackerStack(app, 'RedrawTracker', { ...env, data: dataStack.data });
  return { app, dataStack, stack };
}

/** The construct with its data in one stack. */
export function buildInOneStack(settings: Record<string, unknown>, region: string): Stack {
  const app = appWith(settings);
  const configuration = readConfiguration(app.node.getAllContext());
  const stack = new Stack(app, 'LabOrders', { env: { region } });
  new RedrawTracker(stack, 'RedrawTracker', { ...configuration, bundles: bundlesFor(configuration) });
  return stack;
}

function appWith(settings: Record<string, unknown>): App {
  return new App({
    builtinCloudFormationValidation: false,
    stackTraces: false,
    treeMetadata: false,
    outdir: folderFor('assembly'),
    context: {
      ...manifest.context,
      // Not the weak references of cdk.json: the constructs must not depend on the flags of an app.
      '@aws-cdk/core:defaultCrossStackReferences': 'strong',
      'aws:cdk:bundling-stacks': [],
      ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [`redraw-tracker:${key}`, value])),
    },
  });
}

function bundlesFor(configuration: Configuration): Bundles {
  return {
    functionCode: () => Code.fromInline('exports.handler = async () => {};'),
    builtPage: hasDashboard(configuration) ? standInPage() : undefined,
  };
}

/** A folder of this worker. All assemblies share it, so that each asset is copied once. */
const folderFor = (name: string) => join(inject('temporaryFolder'), `${name}-${process.pid}`);

/** Replaces the built page: building it takes seconds and does not change the template. */
export function standInPage(): string {
  const folder = folderFor('page');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Stand-in</title>');
  writeFileSync(join(folder, 'assets', 'page-1a2b3c.js'), 'export {};');
  return folder;
}

/** Every setting that can differ from its default without an external issuer. */
export const customSettings = {
  stage: 'test',
  existingTable: 'redraw-tracker-restored',
  operatorEmail: 'lab-ops@example.com',
  removalPolicy: 'destroy',
  corsOrigins: 'https://ops.example.com/, http://localhost:5173',
  signInThreatProtection: 'off',
  tags: 'owner=lab-ops,cost-center=a=b',
  dashboardDomain: 'redraws.example.com',
  dashboardCertificateArn:
    'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
  dashboardWebAclArn:
    'arn:aws:wafv2:us-east-1:111122223333:global/webacl/office/11111111-2222-3333-4444-555555555555',
  machineClients: {
    backend: 'transactions/read orders/write redraws/write',
    'lab-reports': ['transactions/read', 'results/read'],
  },
  logRetentionDays: '30',
  auditRetentionYears: '10',
  webhookReservedConcurrency: 20,
  webhookSilenceHours: 0,
  sweepEvery: 'PT1M',
  streamParallelization: '10',
  teamId: 'team-1',
  reviewHour: '0',
  reviewTimeZone: 'America/New_York',
  dailyStaleReview: 'on',
};

/** The settings with the longest periods of sweeps and alarms. */
export const longestPeriods = { sweepEvery: 'P1D', webhookSilenceHours: 168 };

/** The least that the entrance needs. */
export const withEntrance = {
  entrance: 'on',
  entranceWebhookSenders: '203.0.113.7, 198.51.100.0/24, 2001:db8::/56',
};

/** The least that messages to patients need. */
export const withMessages = {
  patientMessages: 'both',
  messageBrand: 'Example Health',
  messageEmailSender: 'results@mail.example.com',
  messageSmsSender: 'pool-1',
};

/** The least that mails to owners need. */
export const withOwnerMails = { ownerMailSender: 'redraws@mail.example.com' };

const isSwitch = (schema: z.ZodType) =>
  ['on', 'off'].every((value) => schema.safeParse(value).success) && !schema.safeParse('other').success;

/** Every switch on, and everything that other settings add. */
export const withEverything = {
  ...Object.fromEntries(
    Object.entries(settings).flatMap(([key, { schema }]) => (isSwitch(schema) ? [[key, 'on']] : [])),
  ),
  ...withEntrance,
  ...withMessages,
  ...withOwnerMails,
  // It switches others off.
  watchOnly: 'off',
  entranceDeniedAddresses: '192.0.2.0/24',
  operatorEmail: 'lab-ops@example.com',
  corsOrigins: 'https://ops.example.com',
  eventsTo: 'https://example.com/events',
};

/** An external issuer that knows the dashboard. */
export const externalIssuer = {
  oidcIssuer: 'https://login.example.com/realm',
  oidcAudience: 'redraw-tracker,ops',
  dashboardClientId: 'page-1',
  dashboardSignInOrigins: 'https://tokens.example.com/oauth/token',
};

const synthesized = new Map<string, SynthesizedStack>();

/**
 * The stacks with these settings, in a region if one is given. Each combination is synthesized once per worker, so tests
 * must not change it.
 */
export function synthesize(settings: Record<string, unknown> = {}, region?: string): SynthesizedStack {
  const key = JSON.stringify([settings, region]);
  const stack = synthesized.get(key) ?? new SynthesizedStack(buildApp(settings, region));
  synthesized.set(key, stack);
  return stack;
}

/** The service names of the functions. */
export function serviceNames(stack: SynthesizedStack): string[] {
  return Object.values(stack.ofType('AWS::Lambda::Function')).flatMap(
    ({ Properties }) => Properties.Environment?.Variables?.SERVICE_NAME ?? [],
  );
}

/** Whether a statement of a policy is for actions in transactions only. */
// biome-ignore lint/suspicious/noExplicitAny: a statement is JSON of any form
export const isOnTransactions = ({ Condition }: any): boolean =>
  Condition?.['ForAnyValue:StringEquals']?.['dynamodb:EnclosingOperation'] !== undefined;

/** A stack, with the data stack in the same template if it has one. */
export class SynthesizedStack {
  readonly app: App;
  readonly stack: Stack;
  readonly stacks: readonly Stack[];
  /** As they are deployed. */
  readonly templates: readonly DeployedTemplate[];
  /** The templates in one. */
  readonly template: Template;
  /** By logical id. */
  readonly resources: Readonly<Record<string, SynthesizedResource>>;

  constructor({ app, dataStack, stack }: { app: App; dataStack?: Stack; stack: Stack }) {
    this.app = app;
    this.stack = stack;
    this.stacks = dataStack ? [dataStack, stack] : [stack];
    this.templates = this.stacks.map((one) => Template.fromStack(one).toJSON() as DeployedTemplate);
    const linked = this.stacks.map(({ stackName }, at) => ({ stackName, template: this.templates[at] }));
    this.template = Template.fromJSON({
      ...linkStacks(linked),
      Outputs: this.templates.at(-1)?.Outputs,
    });
    this.resources = this.template.toJSON().Resources;
  }

  /** A stack beside this one, by its name. */
  beside(name: string): SynthesizedStack {
    const found = this.app.node.tryFindChild(name);
    if (!(found instanceof Stack)) throw new Error(`There is no stack ${name}.`);
    return new SynthesizedStack({ app: this.app, stack: found });
  }

  ofType(type: string): Record<string, SynthesizedResource> {
    return Object.fromEntries(
      Object.entries(this.resources).filter(([, resource]) => resource.Type === type),
    );
  }

  /** The only resource of a type whose logical id begins with this name. */
  named(type: string, name: string): SynthesizedResource {
    const found = Object.entries(this.ofType(type)).filter(([id]) => id.startsWith(name));
    const [resource] = found;
    if (!resource || found.length !== 1)
      throw new Error(`There are ${found.length} resources ${name} of ${type}.`);
    return resource[1];
  }

  /** The only resource of its type. */
  only(type: string): SynthesizedResource {
    const found = Object.values(this.ofType(type));
    const [resource] = found;
    if (!resource || found.length !== 1) throw new Error(`There are ${found.length} resources of ${type}.`);
    return resource;
  }

  /** The Lambda function with this service name. */
  functionNamed(name: string): { id: string; resource: SynthesizedResource } {
    const found = Object.entries(this.ofType('AWS::Lambda::Function')).find(
      ([, { Properties }]) => Properties.Environment?.Variables?.SERVICE_NAME === name,
    );
    if (!found) throw new Error(`There is no function ${name}.`);
    return { id: found[0], resource: found[1] };
  }

  /** The permissions of a function. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  statementsOf(name: string): any[] {
    return this.statementsOfRole(this.functionNamed(name).resource.Properties.Role['Fn::GetAtt'][0]);
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above
  statementsOfRole(role: string): any[] {
    return Object.values(this.ofType('AWS::IAM::ManagedPolicy'))
      .filter(({ Properties }) =>
        Properties.Roles?.some((attached: { Ref: string }) => attached.Ref === role),
      )
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  }

  /** The trust policy of a role. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  trustOf(role: string): any {
    const found = this.ofType('AWS::IAM::Role')[role];
    if (!found) throw new Error(`There is no role ${role}.`);
    return found.Properties.AssumeRolePolicyDocument.Statement[0];
  }
}
