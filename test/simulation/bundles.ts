/** The functions as they are deployed: their bundles and environments, out of the synthesized app. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { functionEnvironment, readFunctions } from '../../local/function-definition.ts';
import { synthesize } from '../../local/synthesis.ts';
import { loadTemplate } from '../../local/template.ts';

export const FUNCTIONS = ['webhook', 'recompute', 'publish', 'sweep', 'query'] as const;

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

export interface Bundle {
  readonly environment: Readonly<Record<string, string>>;
  /** How long one invocation may take. */
  readonly timeoutMs: number;
  /** Runs the bundle from its first line, as a cold start does. */
  start(surroundings: Surroundings, require: (module: string) => unknown): Handler;
}

export type Bundles = Readonly<Record<FunctionName, Bundle>>;

/** Changes the source of a bundle, so that a test can see what comes of a function that is broken. */
export type Breakage = (name: FunctionName, source: string) => string;

const UNBROKEN: Breakage = (_, source) => source;

/** Compiles each bundle once: starting it again is then a matter of few milliseconds. */
export async function deployedBundles(broken: Breakage = UNBROKEN): Promise<Bundles> {
  const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-simulation-'));
  try {
    const folder = join(place, 'cdk.out');
    await synthesize(folder, {}, AbortSignal.timeout(120_000));
    return bundlesIn(folder, broken);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** The bundles of an assembly. */
function bundlesIn(folder: string, broken: Breakage): Bundles {
  const definitions = readFunctions(loadTemplate(folder));
  const bundles = FUNCTIONS.map((name) => {
    const definition = definitions.find((one) => one.name === name);
    if (!definition) throw new Error(`there is no function ${name}`);
    const source = broken(name, readFileSync(definition.file, 'utf8'));
    return [
      name,
      compiled(source, definition.file, definition.timeoutMs, functionEnvironment(definition, {}, {})),
    ];
  });
  return Object.fromEntries(bundles) as Bundles;
}

function compiled(
  source: string,
  file: string,
  timeoutMs: number,
  environment: Record<string, string>,
): Bundle {
  const names = [
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
  ] as const;
  const run = compileFunction(source, ['exports', 'module', 'require', ...names], { filename: file });
  return {
    environment,
    timeoutMs,
    start(surroundings, require) {
      const module = { exports: {} as { handler: Handler } };
      run(module.exports, module, require, ...names.map((name) => surroundings[name]));
      return module.exports.handler;
    },
  };
}
