import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capabilitiesWith } from '../../capabilities/folders.ts';
import { capabilities } from '../../lib/capabilities.ts';
import { synthesize } from './synthesized-stack.ts';

const FOLDER = join(import.meta.dirname, '../../capabilities');

test('every folder of a capability is in the list', () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(capabilities.map(({ name }) => name).sort()).toEqual(folders.map(({ name }) => name).sort());
});

test('the rebuild knows every capability that has items, also while it is off', () => {
  const names = capabilities.filter(({ rebuilds }) => rebuilds).map(({ name }) => name);
  expect(names.sort()).toEqual(capabilitiesWith('rebuild.ts'));
  const { Variables } = synthesize().functionNamed('rebuild').resource.Properties.Environment;
  expect(Variables.CAPABILITIES).toBe(names.join(','));
});
