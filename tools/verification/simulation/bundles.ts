/** The functions as they are deployed: their bundles and environments, from the synthesized app. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  type FunctionDefinition,
  functionEnvironment,
  readFunctions,
} from '../../local/runtime/function-definition.ts';
import { REGION } from '../../local/template/intrinsics.ts';
import { synthesize } from '../../local/template/synthesis.ts';
import { loadTemplate } from '../../local/template/template.ts';
import { compiled } from './surroundings/surroundings.ts';

const FUNCTIONS = ['webhook', 'recompute', 'publish', 'sweep', 'query'] as const;

export type FunctionName = (typeof FUNCTIONS)[number];

export type Handler = (event: unknown, context: object) => Promise<unknown>;

/** Changes a source. The result of a history shows whether the change is detected. */
export type Change = (source: string) => string;

export interface Bundle {
  readonly environment: Readonly<Record<string, string>>;
  /** The longest time of one invocation. */
  readonly timeoutMs: number;
  /** Runs the bundle from its first line, as a cold start does. */
  start(): Handler;
  changed(change: Change): Bundle;
}

export type Bundles = Readonly<Record<FunctionName, Bundle>>;

export interface Exports {
  readonly handler: Handler;
}

export async function deployedBundles(): Promise<Bundles> {
  const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-simulation-'));
  try {
    const folder = join(place, 'cdk.out');
    await synthesize(folder, { context: {}, region: REGION }, AbortSignal.timeout(120_000));
    const definitions = readFunctions(loadTemplate(folder));
    return forEach((name) => {
      const definition = definitions.find((one) => one.name === name);
      if (!definition) throw new Error(`there is no function ${name}`);
      return deployed(readFileSync(definition.file, 'utf8'), definition, partsBeside(definition.file));
    });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Creates one value for each function. */
export function forEach(make: (name: FunctionName) => Bundle): Bundles {
  return Object.fromEntries(FUNCTIONS.map((name) => [name, make(name)])) as Bundles;
}

/** What a bundle loads on demand, by the names that it requires. */
function partsBeside(file: string): Record<string, string> {
  const folder = dirname(file);
  const names = readdirSync(folder).filter((name) => name.endsWith('.js') && name !== basename(file));
  return Object.fromEntries(names.map((name) => [`./${name}`, readFileSync(join(folder, name), 'utf8')]));
}

/** Compiled once, so that starting it again takes a few milliseconds. */
function deployed(source: string, definition: FunctionDefinition, parts: Record<string, string>): Bundle {
  const run = compiled<Exports>(source, definition.file, {}, parts);
  return {
    environment: functionEnvironment(definition, {}, {}),
    timeoutMs: definition.timeoutMs,
    start: () => run().handler,
    changed(change) {
      const other = change(source);
      if (other === source) throw new Error(`nothing in ${definition.name} was changed`);
      return deployed(other, definition, parts);
    },
  };
}
