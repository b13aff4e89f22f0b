/** The lint rules refuse an import in the wrong direction, and there are rules for every folder with code. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const DYNAMODB = '@aws-sdk/client-dynamodb';

/** Per folder, what a file in it must not import, and what it may. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'core/domain/order': [
    '../../store/table.ts',
    '../../aws/client-options.ts',
    '../../../lib/tags.ts',
    'zod',
    'node:crypto',
  ],
  'core/aws': ['../domain/instant.ts', '../store/table.ts', DYNAMODB],
  'core/concurrency': ['../domain/instant.ts'],
  'core/telemetry': ['../store/table.ts', DYNAMODB],
  'core/store': [
    '../audit/audit-entry.ts',
    '../junction/digest.ts',
    '../use-cases/search.ts',
    '../../lib/tags.ts',
  ],
  'core/store/orders': ['../../email/provider.ts', '../../../tools/local/settings.ts'],
  'core/junction/ordering': ['../../store/table.ts', '../../use-cases/search.ts', DYNAMODB],
  'core/events': ['../store/table.ts', '../junction/digest.ts'],
  'core/reading': ['../domain/instant.ts', 'zod/mini'],
  'core/audit': ['../store/table.ts', '../http/problem.ts'],
  'capabilities/messages/rules': [
    '../store/messages.ts',
    '../../../core/store/table.ts',
    'zod',
    'node:crypto',
  ],
  'core/email': ['../domain/instant.ts', '../store/table.ts'],
  'core/http': ['../store/table.ts', '../use-cases/search.ts', '../api/cursors.ts', DYNAMODB],
  'core/use-cases/sweep': [
    '../../api/cursors.ts',
    '../../http/problem.ts',
    '../../telemetry/metrics.ts',
    '../../environment/clocks.ts',
    '../../../lib/tags.ts',
    '../../../tools/local/settings.ts',
    DYNAMODB,
  ],
  'core/api/orders': [
    '../../environment/clocks.ts',
    '../../../functions/sweep/env.ts',
    '../../../lib/tags.ts',
    '../../../tools/local/settings.ts',
    DYNAMODB,
  ],
  'core/environment': ['../api/cursors.ts', '../http/problem.ts', '../../functions/sweep/env.ts', DYNAMODB],
  'functions/sweep': [
    '../webhook/env.ts',
    '../../lib/tags.ts',
    '../../tools/local/settings.ts',
    '../../tools/sandbox/time.ts',
    '../../test/clocks.ts',
    DYNAMODB,
  ],
  'lib/storage': [
    '../../core/store/table.ts',
    '../../core/use-cases/search.ts',
    '../../functions/sweep/handler.ts',
    '../../tools/local/settings.ts',
    '../../test/clocks.ts',
  ],
  'tools/local/streams': [
    '../../../core/store/table.ts',
    '../../../core/domain/instant.ts',
    '../../../functions/sweep/handler.ts',
    '../../../test/clocks.ts',
  ],
  'dashboard/src/redraw': [
    '../../../core/store/table.ts',
    '../../../core/api/orders/routes.ts',
    '../../../functions/sweep/env.ts',
  ],
  'tools/sandbox/junction': [
    '../../../core/domain/instant.ts',
    '../../../operations/problem.ts',
    '../../../lib/tags.ts',
  ],
  'operations/verify': ['../../functions/sweep/handler.ts', '../../test/clocks.ts'],
  bin: ['../functions/sweep/handler.ts', '../test/clocks.ts'],
  'tools/emulator/driving': [
    '../../../core/domain/instant.ts',
    '../../../lib/tags.ts',
    '../../../operations/problem.ts',
  ],
  'tools/bench/budgets': ['../../../functions/sweep/handler.ts', '../../../operations/problem.ts'],
  'tools/verification/oracle': ['../../../core/domain/instant.ts'],
};

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'core/domain/order': ['../instant.ts', '../transaction/told.ts', 'zod/mini'],
  'core/store/orders': [
    '../table.ts',
    '../handling/notes.ts',
    '../../domain/order/status.ts',
    '@aws-sdk/lib-dynamodb',
  ],
  'core/use-cases/sweep': [
    '../recompute.ts',
    '../../store/table.ts',
    '../../junction/client.ts',
    '../../domain/instant.ts',
  ],
  'core/api/orders': [
    '../paging.ts',
    '../../use-cases/search.ts',
    '../../http/route.ts',
    '../../store/table.ts',
  ],
  'functions/sweep': ['./env.ts', '../../core/use-cases/recompute.ts'],
  'lib/storage': ['../functions/service-function.ts', '../../core/store/table-layout.ts'],
  'dashboard/src/redraw': ['../api/answers.ts', '../../../core/api/orders/answer.ts'],
};

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
  "export type { Table } from '../store/table.ts';",
  "export const load = () => import('../store/table.ts');",
];
const PURE = ["export const parsed = Date.parse('2026-03-01') + new Date(5).getTime();"];

let folder: string;
/** The files that the rules refuse. */
let refused: Set<string>;

interface Probe {
  readonly file: string;
  readonly text: string;
}

function probes(
  imports: Readonly<Record<string, readonly string[]>>,
  kind: string,
): (Probe & { name: string })[] {
  return Object.entries(imports).flatMap(([place, sources]) =>
    sources.map((source, index) => ({
      name: `${place} from ${source}`,
      file: join(place, `${kind}-${index}.ts`),
      text: `import { a } from '${source}';\n\nexport const b = a;\n`,
    })),
  );
}

const inDomain = (texts: readonly string[], kind: string) =>
  texts.map((text, index) => ({ name: text, file: `core/domain/${kind}-${index}.ts`, text: `${text}\n` }));

const wrong = [...probes(REFUSED, 'wrong'), ...inDomain(IMPURE, 'impure')];
const right = [...probes(ALLOWED, 'right'), ...inDomain(PURE, 'pure')];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dependencies-'));
  for (const name of ['biome.json', 'lint', '.gitignore']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  for (const { file, text } of [...wrong, ...right]) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  refused = filesRefused();
});
afterAll(() => rmSync(folder, { recursive: true }));

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

test.each(wrong)('refuses $name', ({ file }) => {
  expect([...refused]).toContain(file);
});

test.each(right)('allows $name', ({ file }) => {
  expect([...refused]).not.toContain(file);
});

describe('there are rules for', () => {
  const rules = readFileSync(join(ROOT, 'lint/dependencies.json'), 'utf8');
  const folders = (place: string) =>
    readdirSync(join(ROOT, place), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? entry.name : [],
    );

  test.each(folders('core'))('core/%s', (name) => {
    expect(rules).toContain(`"core/${name}/**"`);
  });
});

describe('nothing but handler.ts and env.ts is in', () => {
  test.each(readdirSync(join(ROOT, 'functions')))('functions/%s', (name) => {
    const others = readdirSync(join(ROOT, 'functions', name)).filter(
      (file) => file !== 'handler.ts' && file !== 'env.ts',
    );
    expect(others).toEqual([]);
  });
});
