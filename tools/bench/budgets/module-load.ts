import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Assembly, Deployment } from '../deployment.ts';
import { type Figure, median, medianRatio } from '../figures.ts';
import { Progress } from '../progress.ts';
import type { References } from '../reference-bundles.ts';

/** Prints the processor and wall-clock time of a load (ms). */
const LOAD = `const used = process.cpuUsage(), begun = performance.now();
require(process.argv[1]);
const wall = performance.now() - begun, { user, system } = process.cpuUsage(used);
process.stdout.write(JSON.stringify({ cpu: (user + system) / 1000, wall }));`;
/** The first loads warm up the file system cache. */
const WARM_UP = 2;

/** Over a bundle as lean as ours, by function. */
const BUDGETS: Readonly<Record<string, number>> = { webhook: 1.45, query: 1.5 };

interface Load {
  readonly cpu: number;
  readonly wall: number;
}

/**
 * The time to load each bundle in a new process, relative to the smallest function that can write to DynamoDB with the SDK,
 * bundled without the modules that ours exclude (lib/bundling/function-bundles.ts). Processor time decides: it varies by a few percent on a busy machine, where
 * wall-clock time varies by half. Ratios are computed per round of consecutive loads, and the median is reported.
 */
export function moduleLoad(
  assembly: Assembly,
  deployment: Deployment,
  references: References,
  rounds: number,
): Figure[] {
  const isReference = (name: string): name is keyof References => name in references;
  const names = [...Object.keys(references), ...assembly.names];
  const fileOf = (name: string) => (isReference(name) ? references[name] : assembly.definition(name).file);
  const loads = new Map<string, Load[]>(names.map((name) => [name, []]));
  const progress = new Progress('Module loads in fresh processes', (rounds + WARM_UP) * names.length);
  for (let round = -WARM_UP; round < rounds; round += 1) {
    for (const name of names) {
      const environment = deployment.environment(isReference(name) ? 'webhook' : name);
      const one = load(fileOf(name), environment);
      if (round >= 0) loads.get(name)?.push(one);
      progress.step();
    }
  }
  const of = (name: string, what: keyof Load) => (loads.get(name) ?? []).map((one) => one[what]);
  const over = (name: string, reference: keyof References, what: keyof Load) =>
    medianRatio(of(name, what), of(reference, what));
  const reference: Figure = {
    name: 'a raw signed request, without the SDK: module load over a lean DynamoDB client alone',
    value: over('raw', 'lean', 'cpu'),
    unit: '×',
    detail: { ms: median(of('raw', 'cpu')), 'over ms': median(of('lean', 'cpu')), rounds },
  };
  const ours = assembly.names.map((name): Figure => {
    const budget = BUDGETS[name];
    return {
      name: `${name}: module load over a lean DynamoDB client alone`,
      value: over(name, 'lean', 'cpu'),
      unit: '×',
      ...(budget !== undefined && { budget }),
      detail: {
        ms: median(of(name, 'cpu')),
        'over ms': median(of('lean', 'cpu')),
        rounds,
        'by wall clock ×': over(name, 'lean', 'wall'),
        'over one with all dependencies ×': over(name, 'plain', 'cpu'),
      },
    };
  });
  return [reference, ...ours];
}

function load(file: string, environment: Record<string, string>): Load {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', LOAD, file], { env: environment });
  if (status !== 0) throw new Error(`${file} does not load: ${stderr.toString()}`);
  return JSON.parse(stdout.toString()) as Load;
}

export function bundleSizes(assembly: Assembly, reference: string): Figure[] {
  const base = statSync(reference).size;
  return assembly.names.map((name) => {
    const { file } = assembly.definition(name);
    const scripts = scriptsBeside(file).map((script) => readFileSync(script));
    const size = scripts.reduce((sum, { length }) => sum + length, 0);
    const zipped = gzipSync(Buffer.concat(scripts)).length;
    const detail = { KB: size / 1000, 'over KB': base / 1000, 'gzip KB': zipped / 1000 };
    return { name: `${name}: bundle over a DynamoDB client alone`, value: size / base, unit: '×', detail };
  });
}

/** The files of a bundle: the one that is loaded first, and the parts that it loads when a request needs them. */
function scriptsBeside(file: string): string[] {
  const folder = dirname(file);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(folder, name));
}
