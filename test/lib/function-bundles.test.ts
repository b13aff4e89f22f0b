import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFunctions } from '../../lib/function-bundles.ts';

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
  it('makes one loadable CommonJS file per folder that has a handler', () => {
    bundle();
    const script = `require(${JSON.stringify(bundleOf('second'))}).handler().then((said) => console.log(said))`;
    expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })).toBe('hello second\n');
    const { outputs } = JSON.parse(readFileSync(join(outputDirectory, 'meta.json'), 'utf8'));
    expect(Object.keys(outputs).map((path) => path.split('/').slice(-2).join('/'))).toEqual([
      'first/index.js',
      'second/index.js',
    ]);
  });

  it('gives the same bytes again and leaves unchanged files alone', () => {
    bundle();
    const before = { bytes: readFileSync(bundleOf('first')), written: statSync(bundleOf('first')).mtimeMs };
    bundle();
    expect(readFileSync(bundleOf('first'))).toEqual(before.bytes);
    expect(statSync(bundleOf('first')).mtimeMs).toBe(before.written);
  });

  it('forgets a function whose source is gone, and says which file is missing', () => {
    write('third/handler.ts', 'export const handler = () => 3;');
    bundle();
    rmSync(join(functionsDirectory, 'third'), { recursive: true });
    const code = bundle();
    expect(() => statSync(bundleOf('third'))).toThrow();
    expect(() => code('third')).toThrow(/third\/handler\.ts is missing/);
  });
});
