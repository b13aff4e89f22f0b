import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { inject } from 'vitest';
import manifest from '../../cdk.json' with { type: 'json' };
import { hasDashboard, readConfiguration } from '../../lib/configuration/configuration.ts';
import { RedrawTrackerStack } from '../../lib/redraw-tracker-stack.ts';

/** A resource as it stands in the template. */
export interface SynthesizedResource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is JSON of any shape; the assertions say what they expect of it
  readonly Properties: any;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
}

/** The app as bin/ builds it, without bundles and without the engine that validates templates, which takes seconds. */
export function buildApp(settings: Record<string, unknown> = {}): { app: App; stack: RedrawTrackerStack } {
  const app = new App({
    builtinCloudFormationValidation: false,
    stackTraces: false,
    treeMetadata: false,
    outdir: folderFor('assembly'),
    context: {
      ...manifest.context,
      'aws:cdk:bundling-stacks': [],
      ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [`redraw-tracker:${key}`, value])),
    },
  });
  const configuration = readConfiguration(app.node.getAllContext());
  const stack = new RedrawTrackerStack(app, 'RedrawTracker', {
    configuration,
    functionCode: () => Code.fromInline('exports.handler = async () => {};'),
    builtPage: hasDashboard(configuration) ? standInPage() : undefined,
  });
  return { app, stack };
}

/** A folder of this worker. What a template asks for is copied into the assembly once, and not for each. */
const folderFor = (what: string) => join(inject('temporaryFolder'), `${what}-${process.pid}`);

/** Building the real page takes seconds, and the template says the same of any. */
function standInPage(): string {
  const folder = folderFor('page');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Stand-in</title>');
  writeFileSync(join(folder, 'assets', 'page-1a2b3c.js'), 'export {};');
  return folder;
}

export class SynthesizedStack {
  readonly template: Template;
  private readonly all: Record<string, SynthesizedResource>;

  constructor(settings: Record<string, unknown> = {}) {
    this.template = Template.fromStack(buildApp(settings).stack);
    this.all = this.template.toJSON().Resources;
  }

  ofType(type: string): Record<string, SynthesizedResource> {
    return Object.fromEntries(Object.entries(this.all).filter(([, resource]) => resource.Type === type));
  }

  /** The properties of the only resource of its type. */
  only(type: string): SynthesizedResource {
    const found = Object.values(this.ofType(type));
    const [resource] = found;
    if (!resource || found.length !== 1) throw new Error(`There are ${found.length} resources of ${type}.`);
    return resource;
  }

  /** The Lambda function that signs its logs with this name. */
  functionNamed(name: string): { id: string; resource: SynthesizedResource } {
    const found = Object.entries(this.ofType('AWS::Lambda::Function')).find(
      ([, { Properties }]) => Properties.Environment?.Variables?.SERVICE_NAME === name,
    );
    if (!found) throw new Error(`There is no function ${name}.`);
    return { id: found[0], resource: found[1] };
  }

  /** What the role of a function may do. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  statementsOf(name: string): any[] {
    return this.statementsOfRole(this.functionNamed(name).resource.Properties.Role['Fn::GetAtt'][0]);
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above
  statementsOfRole(role: string): any[] {
    return Object.values(this.ofType('AWS::IAM::ManagedPolicy'))
      .filter(({ Properties }) => Properties.Roles.some((attached: { Ref: string }) => attached.Ref === role))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  }

  /** Who may take a role on. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  trustOf(role: string): any {
    const found = this.ofType('AWS::IAM::Role')[role];
    if (!found) throw new Error(`There is no role ${role}.`);
    return found.Properties.AssumeRolePolicyDocument.Statement[0];
  }
}
