import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFunctions } from '../../../lib/bundling/function-bundles.ts';
import { synthesize } from '../synthesized-stack.ts';

const root = mkdtempSync(join(tmpdir(), 'function-bundles-'));
const functionsDirectory = join(root, 'functions');
const outputDirectory = join(root, 'dist');
const bundle = () => bundleFunctions({ functionsDirectory, outputDirectory });
const bundleOf = (name: string) => join(outputDirectory, name, 'index.js');

function write(path: string, text: string): void {
  mkdirSync(join(functionsDirectory, path, '..'), { recursive: true });
  writeFileSync(join(functionsDirectory, path), text);
}

beforeAll(() => {
  write('domain/greeting.ts', 'export const greeting: string = "hello";');
  for (const name of ['first', 'second']) {
    write(
      `${name}/handler.ts`,
      `import { greeting } from '../domain/greeting.ts'; export const handler = async () => greeting + ' ${name}';`,
    );
  }
});

afterAll(() => rmSync(root, { recursive: true }));

describe('bundling the functions', () => {
  it('creates one CommonJS file for each folder with a handler, and it can be loaded', () => {
    bundle();
    const script = `require(${JSON.stringify(bundleOf('second'))}).handler().then((said) => console.log(said))`;
    expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })).toBe('hello second\n');
    const { outputs } = JSON.parse(readFileSync(join(outputDirectory, 'meta.json'), 'utf8'));
    expect(Object.keys(outputs).map((path) => path.split('/').slice(-2).join('/'))).toEqual([
      'first/index.js',
      'second/index.js',
    ]);
  });

  it('gives the same bytes again and does not touch unchanged files', () => {
    bundle();
    const before = { bytes: readFileSync(bundleOf('first')), written: statSync(bundleOf('first')).mtimeMs };
    bundle();
    expect(readFileSync(bundleOf('first'))).toEqual(before.bytes);
    expect(statSync(bundleOf('first')).mtimeMs).toBe(before.written);
  });

  it('drops a function whose source is gone, and names the missing file', () => {
    write('third/handler.ts', 'export const handler = () => 3;');
    bundle();
    rmSync(join(functionsDirectory, 'third'), { recursive: true });
    const code = bundle();
    expect(() => statSync(bundleOf('third'))).toThrow();
    expect(() => code('third')).toThrow(/third\/handler\.ts is missing/);
  });
});

describe('a function in parts', () => {
  const parts = () => readdirSync(join(outputDirectory, 'query')).filter((name) => name !== 'index.js');

  it('loads the code of a dynamic import when it is called', () => {
    write('query/rare.ts', 'export const rare = "rare";');
    write(
      'query/handler.ts',
      `import { greeting } from '../domain/greeting.ts';
       export const handler = async () => greeting + (await import('./rare.ts')).rare;`,
    );
    bundle();
    const script = `const { handler } = require(${JSON.stringify(bundleOf('query'))});
      const loaded = () => Object.keys(require.cache).length;
      const before = loaded();
      handler().then((said) => console.log(said, loaded() - before));`;
    expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })).toBe('hellorare 1\n');
  });

  it('drops the parts of an earlier build', () => {
    const [before] = parts();
    write('query/rare.ts', 'export const rare = "other";');
    bundle();
    expect(parts()).toHaveLength(1);
    expect(parts()).not.toContain(before);
  });
});

describe('the functions of this repository', () => {
  const stack = synthesize();
  const ours = join(root, 'ours');

  beforeAll(() => {
    const functionsOfRepository = join(import.meta.dirname, '..', '..', '..', 'functions');
    bundleFunctions({ functionsDirectory: functionsOfRepository, outputDirectory: ours });
  });

  it.each([
    'webhook',
    'recompute',
    'query',
    'results',
    'reconcile',
    'quarantine',
    'history',
    'sweep',
    'publish',
    'redrive',
    'review',
    'sign-in',
  ])("%s starts with the template's environment and without any package", (name) => {
    const variables: Record<string, unknown> =
      stack.functionNamed(name).resource.Properties.Environment.Variables;
    const environment = Object.fromEntries(
      Object.entries(variables).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : `the-${key}`,
      ]),
    );
    const script = `console.log(typeof require(${JSON.stringify(join(ours, name, 'index.js'))}).handler)`;
    const said = execFileSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      env: { ...environment, AWS_REGION: 'eu-central-1' },
    });
    expect(said).toBe('function\n');
  });

  it('contain everything except the modules that Lambda never loads', () => {
    const { outputs }: { outputs: Record<string, { imports: { path: string }[] }> } = JSON.parse(
      readFileSync(join(ours, 'meta.json'), 'utf8'),
    );
    const leftOut = Object.values(outputs)
      .flatMap(({ imports }) => imports)
      .filter(({ path }) => !isBuiltin(path) && !(path in outputs));
    expect(leftOut.length).toBeGreaterThan(0);
    for (const { path } of leftOut) {
      expect(path).toMatch(/\/credential-provider-/);
    }
  });
});
