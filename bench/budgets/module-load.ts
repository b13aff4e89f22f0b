import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
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

interface Load {
  readonly cpu: number;
  readonly wall: number;
}

/**
 * The time to load each bundle in a new process, relative to the smallest function that can write to DynamoDB, bundled
 * with all its dependencies, and relative to the same function without the modules that ours exclude
 * (lib/bundling/function-bundles.ts). Processor time decides: it varies by a few percent on a busy machine, where
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
  return assembly.names.map((name) => {
    const over = (reference: keyof References, what: keyof Load) =>
      medianRatio(of(name, what), of(reference, what));
    const [cpu, base] = [median(of(name, 'cpu')), median(of('plain', 'cpu'))];
    const detail = {
      ms: cpu,
      'over ms': base,
      rounds,
      'by wall clock ×': over('plain', 'wall'),
      'over a lean one ×': over('lean', 'cpu'),
      'by wall clock, lean ×': over('lean', 'wall'),
    };
    const figure = {
      name: `${name}: module load over a DynamoDB client alone`,
      value: over('plain', 'cpu'),
      unit: '×',
      detail,
    };
    return name === 'webhook' ? { ...figure, budget: 1.3 } : figure;
  });
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
    const size = statSync(file).size;
    const zipped = gzipSync(readFileSync(file)).length;
    const detail = { KB: size / 1000, 'over KB': base / 1000, 'gzip KB': zipped / 1000 };
    return { name: `${name}: bundle over a DynamoDB client alone`, value: size / base, unit: '×', detail };
  });
}
