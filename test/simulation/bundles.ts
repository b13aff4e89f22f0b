/** The functions as they are deployed: their bundles and environments, out of the synthesized app. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import {
  type FunctionDefinition,
  functionEnvironment,
  readFunctions,
} from '../../local/function-definition.ts';
import { synthesize } from '../../local/synthesis.ts';
import { loadTemplate } from '../../local/template.ts';

const FUNCTIONS = ['webhook', 'recompute', 'publish', 'sweep', 'query'] as const;

export type FunctionName = (typeof FUNCTIONS)[number];

export type Handler = (event: unknown, context: object) => Promise<unknown>;

/** What a bundle finds in place of what Node has under the same name. */
export interface Surroundings {
  readonly process: object;
  readonly globalThis: object;
  readonly console: object;
  readonly Date: object;
  readonly Math: object;
  readonly performance: object;
  readonly setTimeout: (callback: () => void, ms?: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
  readonly setImmediate: (callback: () => void) => unknown;
  readonly fetch: (input: unknown, init?: RequestInit) => Promise<Response>;
}

const SURROUNDINGS = [
  'process',
  'globalThis',
  'console',
  'Date',
  'Math',
  'performance',
  'setTimeout',
  'clearTimeout',
  'setImmediate',
  'fetch',
] as const satisfies (keyof Surroundings)[];

export interface Bundle {
  readonly environment: Readonly<Record<string, string>>;
  /** How long one invocation may take. */
  readonly timeoutMs: number;
  /** Runs the bundle from its first line, as a cold start does. */
  start(surroundings: Surroundings, require: (module: string) => unknown): Handler;
  /** The same with another source: what becomes of a history shows whether anybody notices. */
  changed(change: (source: string) => string): Bundle;
}

export type Bundles = Readonly<Record<FunctionName, Bundle>>;

/** Compiles each bundle once: starting it again is then a matter of a few milliseconds. */
export async function deployedBundles(): Promise<Bundles> {
  const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-simulation-'));
  try {
    const folder = join(place, 'cdk.out');
    await synthesize(folder, {}, AbortSignal.timeout(120_000));
    return bundlesIn(folder);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function bundlesIn(folder: string): Bundles {
  const definitions = readFunctions(loadTemplate(folder));
  const bundles = FUNCTIONS.map((name) => {
    const definition = definitions.find((one) => one.name === name);
    if (!definition) throw new Error(`there is no function ${name}`);
    return [name, compiled(readFileSync(definition.file, 'utf8'), definition)];
  });
  return Object.fromEntries(bundles) as Bundles;
}

function compiled(source: string, definition: FunctionDefinition): Bundle {
  const run = compileFunction(source, ['exports', 'module', 'require', ...SURROUNDINGS], {
    filename: definition.file,
  });
  return {
    environment: functionEnvironment(definition, {}, {}),
    timeoutMs: definition.timeoutMs,
    start(surroundings, require) {
      const module = { exports: {} as { handler: Handler } };
      run(module.exports, module, require, ...SURROUNDINGS.map((name) => surroundings[name]));
      return module.exports.handler;
    },
    changed(change) {
      const other = change(source);
      if (other === source) throw new Error(`nothing of ${definition.name} was changed`);
      return compiled(other, definition);
    },
  };
}
