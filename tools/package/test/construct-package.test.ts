/** The npm package, installed into an app that has nothing but the CDK: docs/construct.md. */
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import cdkJson from '../../../cdk.json' with { type: 'json' };
import { readDeployment } from '../../../lib/configuration/deployment.ts';
import type { SynthesizedResource } from '../../../test/lib/synthesized-stack.ts';
import { readAssembly } from '../../local/template/assembly.ts';
import { REGION } from '../../local/template/intrinsics.ts';
import { linkStacks } from '../../local/template/linked-stacks.ts';
import { synthesize } from '../../local/template/synthesis.ts';
import { writeConstructPackage } from '../construct-package.ts';

type Resources = Readonly<Record<string, SynthesizedResource>>;

const root = join(import.meta.dirname, '..', '..', '..');
const place = join(inject('temporaryFolder'), `package-${process.pid}`);
const app = join(place, 'app');
const document = readFileSync(join(root, 'docs', 'construct.md'), 'utf8');
const [oneStack = '', twoStacks = '', ofConstructs = '', sendingEvents = ''] = [
  ...document.matchAll(/```ts\n(.*?)```/gs),
].map(([, code = '']) => code);

/** The two stacks of this repository's app have the resources of this one. Some ids contain that of the stack. */
const likeOurs = `
import { App, Stack } from 'aws-cdk-lib';
import { RedrawTracker } from 'redraw-tracker';
const settings = ${JSON.stringify(readDeployment(cdkJson.context).configuration)} as object;
const stack = new Stack(new App(), 'RedrawTracker', { env: { region: '${REGION}' } });
new RedrawTracker(stack, 'Default', settings);
`;

/** With texts of the deployer, in a directory of the app. */
const withMessages = `
import { App, Stack } from 'aws-cdk-lib';
import { RedrawTracker } from 'redraw-tracker';
new RedrawTracker(new Stack(new App(), 'App', { env: { region: '${REGION}' } }), 'Redraws', {
  patientMessages: 'email',
  messageBrand: 'Harbor Clinic',
  messageEmailSender: 'care@example.com',
  messageTemplates: 'words',
});
`;

const wrong = `
import { RedrawTracker, type RedrawTrackerData } from 'redraw-tracker';
declare const scope: import('constructs').Construct;
declare const data: RedrawTrackerData;
// @ts-expect-error a number
new RedrawTracker(scope, 'A', { logRetentionDays: '30' });
// @ts-expect-error no such prop
new RedrawTracker(scope, 'B', { operatorsEmail: 'ops@example.com' });
// @ts-expect-error would have no effect
new RedrawTracker(scope, 'D', { data, operatorEmail: 'ops@example.com' });
// @ts-expect-error internal
data.operators;
new RedrawTracker(scope, 'C', { data }).table.tableName.toUpperCase();
`;

function run(command: string, args: string[], environment: Record<string, string> = {}): string {
  const options = { cwd: app, encoding: 'utf8', env: { ...process.env, ...environment } } as const;
  try {
    return execFileSync(command, args, options);
  } catch (error) {
    throw new Error(String((error as { stdout?: string }).stdout ?? error), { cause: error });
  }
}

/** The resources of an app in a folder of its own, as one template. */
function resourcesOf(assembly: string): Resources {
  return linkStacks(readAssembly(assembly)).Resources as Resources;
}

beforeAll(async () => {
  mkdirSync(app, { recursive: true });
  await synthesize(join(place, 'ours.out'), { context: {}, region: REGION }, AbortSignal.timeout(120_000));
  await writeConstructPackage(root, join(place, 'redraw-tracker'), 'https://git.example.com/lab/redraws');
  writeFileSync(join(app, 'package.json'), '{ "name": "empty", "private": true }\n');
  // Packs the folder, and installs what was packed.
  run('npm', [
    'install',
    '../redraw-tracker',
    '--install-links',
    '--offline',
    '--legacy-peer-deps',
    '--no-audit',
    '--no-fund',
  ]);
  for (const peer of ['aws-cdk-lib', 'constructs']) {
    symlinkSync(join(root, 'node_modules', peer), join(app, 'node_modules', peer));
  }
  mkdirSync(join(app, 'words'));
  const words = readFileSync(join(app, 'node_modules/redraw-tracker/messages/en.yaml'), 'utf8');
  writeFileSync(join(app, 'words', 'en.yaml'), words.replace('A friendly reminder', 'Ahoy'));
  const apps = { likeOurs, oneStack, twoStacks, ofConstructs, sendingEvents, withMessages };
  for (const [name, code] of Object.entries(apps)) writeFileSync(join(app, `${name}.mts`), code);
  writeFileSync(join(app, 'wrong.mts'), wrong);
  // One process for all, because loading the CDK takes longer than a synthesis.
  const all = Object.keys(apps).map(
    (name) => `process.env.CDK_OUTDIR = '${name}.out'; await import('./${name}.mts');`,
  );
  writeFileSync(join(app, 'all.mts'), all.join('\n'));
  run(process.execPath, ['all.mts'], {
    CDK_CONTEXT_JSON: JSON.stringify({ ...cdkJson.context }),
    CDK_VALIDATION: 'false',
  });
}, 240_000);

describe('the package in an empty app', () => {
  it('deploys what this repository deploys', () => {
    const ours = resourcesOf(join(place, 'ours.out'));
    const theirs = resourcesOf(join(app, 'likeOurs.out'));
    expect(Object.keys(theirs).filter((id) => !ours[id])).toEqual([]);
    for (const [id, { DependsOn: _, ...resource }] of Object.entries(ours)) {
      // Within one stack, more resources depend on each other by name.
      const { DependsOn: __, ...other } = theirs[id] ?? {};
      expect(other, id).toEqual(resource);
    }
  });

  it('works as documented, in one stack', () => {
    const resources = Object.values(resourcesOf(join(app, 'oneStack.out')));
    expect(resources.filter(({ Type }) => Type === 'AWS::DynamoDB::Table')).toHaveLength(2);
    expect(resources.find(({ Type }) => Type === 'AWS::SNS::Subscription')?.Properties.Endpoint).toBe(
      'lab-ops@example.com',
    );
  });

  it('works as documented, with the deployer’s key, bus, topics and issuer', () => {
    const resources = resourcesOf(join(app, 'twoStacks.out'));
    const ofType = (type: string) => Object.values(resources).filter(({ Type }) => Type === type);
    const [table] = ofType('AWS::DynamoDB::Table');
    expect(table?.Properties.SSESpecification.KMSMasterKeyId['Fn::GetAtt'][0]).toMatch(/^TableKey/);
    expect(Object.keys(resources).filter((id) => id.includes('KeysData'))).toEqual([]);
    for (const type of ['AWS::Events::EventBus', 'AWS::SNS::Topic', 'AWS::Cognito::UserPool']) {
      expect(ofType(type)).toEqual([]);
    }
    for (const rule of ofType('AWS::Events::Rule')) expect(rule.Properties.EventBusName).toBe('clinic');
    const [topic, pager] = ['on-call', 'pager'].map((name) => `arn:aws:sns:us-east-1:111122223333:${name}`);
    for (const [id, { Type, Properties }] of Object.entries(resources)) {
      if (Type !== 'AWS::CloudWatch::Alarm') continue;
      // The emails that cannot be sent, or that nobody gets, could be about critical results.
      const isCritical = /Alarms(CriticalResultsOverdue|OperatorMailErrors|SubscribersMissing)/.test(id);
      expect(Properties.AlarmActions, id).toEqual(isCritical ? [topic, pager] : [topic]);
    }
    expect(ofType('AWS::ApiGatewayV2::Authorizer')[0]?.Properties.JwtConfiguration).toEqual({
      Issuer: 'https://login.example.com/realm',
      Audience: ['redraw-tracker'],
    });
  });

  it('works as documented, and sends events to URLs', () => {
    const resources = Object.values(resourcesOf(join(app, 'sendingEvents.out')));
    const urls = resources.flatMap(({ Type, Properties }) =>
      Type === 'AWS::Events::ApiDestination' ? [new URL(Properties.InvocationEndpoint).hostname] : [],
    );
    expect(urls.sort()).toEqual(['events.pagerduty.com', 'example.com', 'hooks.slack.com']);
    const transformers = resources.flatMap(({ Type, Properties }) =>
      Type === 'AWS::Events::Rule'
        ? Properties.Targets.flatMap(({ RoleArn, InputTransformer }: Record<string, unknown>) =>
            RoleArn && InputTransformer ? [JSON.stringify(InputTransformer)] : [],
          )
        : [],
    );
    expect(transformers).toHaveLength(2);
    expect(transformers.join()).toContain('A redraw is overdue: <');
  });

  it('works as documented, with values of other constructs', () => {
    const resources = resourcesOf(join(app, 'ofConstructs.out'));
    const authorizer = Object.values(resources).find(({ Type }) => Type === 'AWS::ApiGatewayV2::Authorizer');
    expect(authorizer?.Properties.JwtConfiguration.Issuer).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^Staff/), 'ProviderURL'],
    });
  });

  it('sends messages in the words of the deployer', () => {
    const assembly = join(app, 'withMessages.out');
    const textsIn = (name: string) =>
      globSync(`asset.*/${name}`, { cwd: assembly }).map((file) =>
        readFileSync(join(assembly, file), 'utf8'),
      );
    expect(textsIn('templates.json')).toEqual([expect.stringContaining('{brand}: Ahoy')]);
    expect(textsIn('message-previews.json')).toEqual([expect.stringContaining('Harbor Clinic: Ahoy')]);
  });

  it('has declarations that a strict compiler accepts, and that refuse wrong props', () => {
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = [
      '--strict',
      '--noEmit',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--types',
      '',
    ];
    run(process.execPath, [
      tsc,
      ...options,
      'oneStack.mts',
      'twoStacks.mts',
      'ofConstructs.mts',
      'wrong.mts',
    ]);
  }, 120_000);

  it('declares types that import nothing but its peers', () => {
    const types = join(app, 'node_modules/redraw-tracker/types');
    const imported = globSync('**/*.d.ts', { cwd: types }).flatMap((file) => {
      const text = readFileSync(join(types, file), 'utf8');
      return [...text.matchAll(/(?:from|import\()\s*['"]([^.'"][^'"]*)['"]/g)].map(([, name = '']) => name);
    });
    const isPeer = (name: string) => /^(aws-cdk-lib|constructs)(\/|$)/.test(name);
    expect(imported.filter(isPeer)).not.toEqual([]);
    expect(imported.filter((name) => !isPeer(name))).toEqual([]);
  });

  it('has a client of the API', () => {
    const shown =
      "const { connect, pages, getTransaction } = await import('redraw-tracker/client'); console.log(typeof connect, typeof pages, typeof getTransaction);";
    expect(run(process.execPath, ['--input-type=module', '--eval', shown]).trim()).toBe(
      'function function function',
    );
  });

  it('brings no dependency', () => {
    const { packages } = JSON.parse(readFileSync(join(app, 'package-lock.json'), 'utf8'));
    expect(Object.keys(packages)).toEqual(['', 'node_modules/redraw-tracker']);
    expect(Object.keys(packages['node_modules/redraw-tracker'].peerDependencies)).toEqual([
      'aws-cdk-lib',
      'constructs',
    ]);
  });
});

describe('the licences in the package', () => {
  const licences = () => readFileSync(join(app, 'node_modules/redraw-tracker/THIRD-PARTY-LICENSES'), 'utf8');

  it('are those of every package in a bundle', () => {
    const { inputs } = JSON.parse(readFileSync(join(root, 'dist/functions/meta.json'), 'utf8'));
    const constructs = readFileSync(join(app, 'node_modules/redraw-tracker/index.js'), 'utf8');
    const sources = [...Object.keys(inputs), ...(constructs.match(/^\/\/ node_modules\/.+$/gm) ?? [])];
    const names = sources.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
    expect(names).toEqual(expect.arrayContaining(['zod', '@middy/core', 'standardwebhooks']));
    const text = licences();
    expect([...new Set(names)].filter((name) => !text.includes(`\n${name} `))).toEqual([]);
  });

  it('include those of the page, notices, and texts that a package only names', () => {
    const text = licences();
    expect(text).toMatch(/^react 19\..* \(MIT\)$/m);
    expect(text).toMatch(/^@cloudscape-design\/components\nCopyright Amazon/m);
    expect(text).toMatch(
      /^@middy\/core .*\(MIT\)[^-]*Copyright \(c\) Middy contributors\n\nPermission is hereby/m,
    );
  });
});

describe('the README of the package', () => {
  const manifest = () =>
    JSON.parse(readFileSync(join(app, 'node_modules/redraw-tracker/package.json'), 'utf8'));
  const readme = () => readFileSync(join(app, 'node_modules/redraw-tracker/README.md'), 'utf8');

  it('links to the repository, which the manifest names', () => {
    const links = [...readme().matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => link);
    expect(links).toContain(
      'https://git.example.com/lab/redraws/blob/HEAD/docs/deploy.md#connecting-junction',
    );
    expect(links.filter((link) => !link?.startsWith('https://'))).toEqual([]);
    expect(manifest().repository).toEqual({
      type: 'git',
      url: 'git+https://git.example.com/lab/redraws.git',
    });
    expect(manifest().keywords).toContain('aws-cdk');
  });

  it('has an example that is tested, and the lowest versions of the peers, as docs/construct.md', () => {
    expect(readme()).toContain(oneStack);
    for (const [name, range] of Object.entries<string>(manifest().peerDependencies)) {
      const lowest = `\`${name}\` ${range.replace('^', '')} or newer`;
      for (const text of [readme(), document]) expect(text).toContain(lowest);
    }
  });
});
