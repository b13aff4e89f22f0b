/** Each rule about imports refuses what it is there for, and nothing else. */

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const DYNAMODB = '@aws-sdk/client-dynamodb';

/** Per rule, imports that only it refuses: the file, and what it imports from the root or by the name of a package. */
const REFUSED: Readonly<Record<string, readonly (readonly [file: string, imported: string])[]>> = {
  'the domain': [
    ['core/domain/order/a.ts', 'core/store/table.ts'],
    ['core/domain/order/b.ts', 'core/aws/client-options.ts'],
    ['core/domain/order/c.ts', 'lib/tags.ts'],
    ['capabilities/first/rules/a.ts', 'core/junction/client.ts'],
  ],
  'the domain is pure': [
    ['core/domain/order/d.ts', 'node:crypto'],
    ['core/domain/order/e.ts', 'standardwebhooks'],
  ],
  'a small zod': [['core/http/a.ts', 'zod']],
  'core/aws': [['core/aws/a.ts', 'core/domain/instant.ts']],
  'core/concurrency': [['core/concurrency/a.ts', 'core/domain/instant.ts']],
  'core/reading': [['core/reading/a.ts', 'core/domain/instant.ts']],
  'core/telemetry': [['core/telemetry/a.ts', 'core/store/table.ts']],
  'core/store': [
    ['core/store/a.ts', 'core/audit/audit-entry.ts'],
    ['core/store/orders/a.ts', 'core/use-cases/search.ts'],
    ['core/store/orders/b.ts', 'capabilities/first/prices.ts'],
  ],
  'core/junction': [['core/junction/a.ts', 'core/use-cases/search.ts']],
  'core/events': [['core/events/a.ts', 'core/junction/digest.ts']],
  'core/audit': [['core/audit/a.ts', 'core/http/problem.ts']],
  'core/email': [['core/email/a.ts', 'core/domain/instant.ts']],
  'core/http': [['core/http/b.ts', 'core/use-cases/search.ts']],
  'core/use-cases': [
    ['core/use-cases/sweep/a.ts', 'core/api/cursors.ts'],
    ['core/use-cases/sweep/b.ts', 'core/telemetry/metrics.ts'],
    ['core/use-cases/sweep/c.ts', 'lib/tags.ts'],
    ['core/use-cases/sweep/d.ts', 'capabilities/first/prices.ts'],
  ],
  'core/api': [
    ['core/api/orders/a.ts', 'core/environment/clocks.ts'],
    ['core/api/orders/b.ts', 'functions/sweep/env.ts'],
  ],
  'core/environment': [['core/environment/a.ts', 'core/api/cursors.ts']],
  'a new folder of core': [['core/utilities/a.ts', 'core/domain/instant.ts']],
  'only the store talks to DynamoDB': [
    ['core/api/orders/c.ts', DYNAMODB],
    ['functions/sweep/a.ts', '@aws-sdk/lib-dynamodb'],
    ['capabilities/first/use-cases/a.ts', DYNAMODB],
  ],
  'core knows no capability': [['core/domain/order/f.ts', 'capabilities/first/rules/prices.ts']],
  'a capability': [
    ['capabilities/first/a.ts', 'capabilities/second/prices.ts'],
    ['capabilities/first/b.ts', 'functions/sweep/env.ts'],
  ],
  'the functions': [
    ['functions/sweep/b.ts', 'functions/webhook/env.ts'],
    ['functions/sweep/c.ts', 'lib/tags.ts'],
  ],
  'the constructs': [
    ['lib/storage/a.ts', 'core/store/table.ts'],
    ['lib/storage/b.ts', 'functions/sweep/env.ts'],
  ],
  'the page': [
    ['dashboard/src/redraw/a.ts', 'core/store/table.ts'],
    ['dashboard/src/redraw/b.ts', 'core/api/orders/routes.ts'],
    ['dashboard/src/redraw/c.ts', 'functions/sweep/env.ts'],
  ],
  'the commands': [
    ['operations/verify/a.ts', 'functions/sweep/env.ts'],
    ['bin/a.ts', 'dashboard/src/api/answers.ts'],
  ],
  'the product needs no tool': [
    ['lib/storage/c.ts', 'tools/local/settings.ts'],
    ['operations/verify/b.ts', 'test/clocks.ts'],
    ['dashboard/src/redraw/d.ts', 'tools/sandbox/time.ts'],
  ],
  'the local run': [
    ['tools/local/streams/a.ts', 'core/store/table.ts'],
    ['tools/local/streams/b.ts', 'test/clocks.ts'],
  ],
  'the benchmark': [['tools/bench/budgets/a.ts', 'operations/command.ts']],
  'the judges': [
    ['tools/emulator/driving/a.ts', 'core/domain/instant.ts'],
    ['tools/emulator/driving/b.ts', 'tools/local/settings.ts'],
  ],
  'the sandbox': [['tools/sandbox/junction/a.ts', 'core/domain/instant.ts']],
  'the oracle': [
    ['tools/verification/oracle/a.ts', 'core/domain/instant.ts'],
    ['tools/verification/oracle/b.ts', 'zod'],
  ],
  'no circle of folders': [
    ['lib/one/a.ts', 'lib/two/a.ts'],
    ['lib/two/b.ts', 'lib/one/b.ts'],
  ],
};

const ALLOWED: readonly (readonly [file: string, imported: string])[] = [
  ['core/domain/redraw/z.ts', 'core/domain/instant.ts'],
  ['core/domain/redraw/y.ts', 'zod/mini'],
  ['core/store/orders/z.ts', '@aws-sdk/lib-dynamodb'],
  ['core/use-cases/sweep/z.ts', 'core/store/table.ts'],
  ['functions/sweep/z.ts', 'core/use-cases/search.ts'],
  ['functions/sweep/y.ts', 'capabilities/first/prices.ts'],
  ['capabilities/first/z.ts', 'core/store/table.ts'],
  ['lib/storage/z.ts', 'core/store/table-layout.ts'],
  ['dashboard/src/redraw/z.ts', 'core/api/orders/answer.ts'],
  ['tools/verification/model/z.ts', 'core/store/table.ts'],
];

/** Other statements that the rules must see, in a file of the domain. */
const IMPURE = [
  'export const now = () => Date.now();',
  'export const clock = Date.now;',
  'export const today = () => new Date();',
  'const Clock = Date;\nexport const later = () => Clock.now();',
  'export const chance = () => Math.random();',
  'export const region = () => globalThis.process;',
  'export const id = () => crypto.randomUUID();',
  "export const of = (table: import('../store/table.ts').Table) => table.name;",
];
const PURE = ["export const parsed = Date.parse('2026-03-01') + new Date(5).getTime();"];

let folder: string;
/** Per file, the rules that it breaks. For a circle, per folder. */
let broken: Map<string, string[]>;
let rules: string[];
/** The files of the domain that Biome refuses. */
let impure: Set<string>;

const inDomain = (texts: readonly string[], kind: string) =>
  texts.map((text, index) => ({ name: text, file: `core/domain/${kind}-${index}.ts`, text: `${text}\n` }));

const wrong = inDomain(IMPURE, 'impure');
const right = inDomain(PURE, 'pure');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dependencies-'));
  for (const name of ['biome.json', 'lint', '.gitignore']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  for (const [file, imported] of [...Object.values(REFUSED).flat(), ...ALLOWED]) {
    const isOurs = /\.ts$/.test(imported);
    const source = isOurs ? `${'../'.repeat(file.split('/').length - 1)}${imported}` : imported;
    write(file, `import type { a } from '${source}';\n\nexport type B = typeof a;\n`);
    if (isOurs) write(imported, 'export const a = 1;\n');
    else if (!imported.startsWith('node:')) write(`node_modules/${imported}/index.js`, 'exports.a = 1;\n');
  }
  write('package.json', '{ "type": "module" }');
  ({ broken, rules } = judged());
  for (const { file, text } of [...wrong, ...right]) write(file, text);
  impure = filesRefused();
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

interface Judgement {
  readonly violations: readonly { from: string; rule: { name: string } }[];
  readonly ruleSetUsed: { readonly forbidden: readonly { name: string }[] };
}

function judged() {
  const places = ['bin', 'capabilities', 'core', 'dashboard/src', 'functions', 'lib', 'operations', 'tools'];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      ...['--config', 'lint/dependencies.js', '--output-type', 'json', ...places],
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 100_000_000 },
  );
  if (stdout === '') throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as { summary: Judgement };
  const broken = new Map<string, string[]>();
  for (const { from, rule } of summary.violations) {
    broken.set(from, [...(broken.get(from) ?? []), rule.name]);
  }
  return { broken, rules: summary.ruleSetUsed.forbidden.map(({ name }) => name) };
}

function filesRefused(): Set<string> {
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  let output: string;
  try {
    output = execFileSync(
      process.execPath,
      [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'],
      {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
  } catch (error) {
    // It ends with 1 when it finds something.
    output = (error as { stdout: string }).stdout;
  }
  const { diagnostics } = JSON.parse(output) as {
    diagnostics: { category: string; location: { path: string } }[];
  };
  const ofRules = diagnostics.filter(({ category }) => /noRestricted|plugin/.test(category));
  return new Set(ofRules.map(({ location }) => location.path));
}

describe.each(Object.entries(REFUSED))('%s', (rule, imports) => {
  const isAboutFolders = rule === 'no circle of folders';

  test.each(imports)('refuses %s importing %s', (file) => {
    expect(broken.get(isAboutFolders ? dirname(file) : file)).toContain(rule);
  });
});

test.each(ALLOWED)('%s may import %s', (file) => {
  expect(broken.get(file)).toBeUndefined();
});

test('every rule is shown to refuse something', () => {
  expect(rules.toSorted()).toEqual(Object.keys(REFUSED).toSorted());
});

test.each(wrong)('the domain may not say $name', ({ file }) => {
  expect([...impure]).toContain(file);
});

test.each(right)('the domain may say $name', ({ file }) => {
  expect([...impure]).not.toContain(file);
});

describe('nothing but handler.ts and env.ts is in', () => {
  test.each(readdirSync(join(ROOT, 'functions')))('functions/%s', (name) => {
    const others = readdirSync(join(ROOT, 'functions', name)).filter(
      (file) => file !== 'handler.ts' && file !== 'env.ts',
    );
    expect(others).toEqual([]);
  });
});
