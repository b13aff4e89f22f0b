/** Where the deployed templates are looked for. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { compareStacks } from '../../../operations/diff/compare-stacks.ts';
import { deploymentRegion } from '../../../operations/diff/region.ts';
import type { Synthesis } from '../../../tools/local/template/synthesis.ts';

const table: { readonly Type: string; readonly Properties: Record<string, string> } = {
  Type: 'AWS::DynamoDB::Table',
  Properties: { TableName: 'orders' },
};

/** An app with a stack in the default region, one in us-east-1, and one in no known region. It has no table any more. */
const synthesize: Synthesis = async (folder, { region }) => {
  mkdirSync(folder);
  const stack = (environment: string) => ({
    type: 'aws:cloudformation:stack',
    environment,
    properties: { templateFile: 'empty.template.json' },
  });
  writeFileSync(join(folder, 'empty.template.json'), '{"Resources":{}}');
  const artifacts = {
    Data: stack(`aws://unknown-account/${region}`),
    Edge: stack('aws://unknown-account/us-east-1'),
    Agnostic: stack('aws://unknown-account/unknown-region'),
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
};

let resources: Record<string, typeof table> = { Orders: table };

/** Compares with an account that has the stacks in eu-central-1 only. */
async function compare(region: string, confirmed: string[] = [], assembly?: string, rollBack = false) {
  const lines: string[] = [];
  const refused = await compareStacks({
    settings: { context: {}, region },
    given: new Map(),
    confirmed,
    rollBack,
    assembly,
    synthesize: assembly === undefined ? synthesize : () => Promise.reject(new Error('already synthesized')),
    deployedTemplate: async (_, of) => (of === 'eu-central-1' ? { Resources: resources } : undefined),
    say: (line) => lines.push(line),
  });
  return { refused, lines };
}

test('each stack is compared with the one of its own region', async () => {
  const { refused, lines } = await compare('eu-central-1');
  expect(refused).toBe(2);
  expect(lines).toEqual([
    expect.stringMatching(/^Data: REFUSED +Orders .* is removed/),
    'Edge: new in us-east-1. No data can be lost.',
    expect.stringMatching(/^Agnostic: REFUSED +Orders .* is removed/),
  ]);
});

test('a synthesized app is compared as it is', async () => {
  const folder = join(inject('temporaryFolder'), `compared-${process.pid}`);
  await synthesize(folder, { context: {}, region: 'eu-central-1' }, new AbortController().signal);
  expect(await compare('eu-central-1', [], folder)).toEqual(await compare('eu-central-1'));
});

test('a confirmed change is not refused', async () => {
  const { refused, lines } = await compare('eu-central-1', ['Orders']);
  expect(refused).toBe(0);
  expect(lines[0]).toMatch(/^Data: accepted {3}Orders/);
});

test('a roll-back accepts the logs of added functions, and nothing that loses data', async () => {
  const folder = join(inject('temporaryFolder'), `rolled-back-${process.pid}`);
  await synthesize(folder, { context: {}, region: 'eu-central-1' }, new AbortController().signal);
  const log = { Type: 'AWS::Logs::LogGroup', Properties: {} };
  resources = { Orders: table, Log: log };
  const { refused, lines } = await compare('eu-central-1', [], folder, true);
  resources = { Orders: table };
  expect(refused).toBe(2);
  expect(lines.filter((line) => line.startsWith('Data: '))).toEqual([
    expect.stringMatching(/^Data: REFUSED +Orders/),
    expect.stringMatching(/^Data: accepted +Log/),
  ]);
});

test('the region is that of the environment, as for the CDK CLI', async () => {
  expect(await deploymentRegion({ AWS_REGION: 'eu-central-1', AWS_DEFAULT_REGION: 'us-west-2' })).toBe(
    'eu-central-1',
  );
  expect(await deploymentRegion({ AWS_DEFAULT_REGION: 'us-west-2' })).toBe('us-west-2');
});
