import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Assembly, Deployment } from './deployment.ts';
import { type Figure, median } from './figures.ts';
import { Progress } from './progress.ts';

const LOAD =
  'const t = performance.now(); require(process.argv[1]); process.stdout.write(String(performance.now() - t))';
/** The first loads fill the caches of the file system. */
const WARM_UP = 2;

/** How long fresh processes take to load each bundle, over the least a function that writes can be. */
export function moduleLoad(
  assembly: Assembly,
  deployment: Deployment,
  reference: string,
  rounds: number,
): Figure[] {
  const names = ['reference', ...assembly.names];
  const fileOf = (name: string) => (name === 'reference' ? reference : assembly.definition(name).file);
  const times = new Map<string, number[]>(names.map((name) => [name, []]));
  const progress = new Progress('Module loads in fresh processes', (rounds + WARM_UP) * names.length);
  for (let round = -WARM_UP; round < rounds; round += 1) {
    for (const name of names) {
      const environment = deployment.environment(name === 'reference' ? 'webhook' : name);
      const time = load(fileOf(name), environment);
      if (round >= 0) times.get(name)?.push(time);
      progress.step();
    }
  }
  const base = median(times.get('reference') ?? []);
  return assembly.names.map((name) => {
    const time = median(times.get(name) ?? []);
    const detail = { ms: time, 'over ms': base, rounds };
    const ratio = {
      name: `${name}: module load over a DynamoDB client alone`,
      value: time / base,
      unit: '×',
      detail,
    };
    return name === 'webhook' ? { ...ratio, budget: 1.3 } : ratio;
  });
}

function load(file: string, environment: Record<string, string>): number {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', LOAD, file], { env: environment });
  if (status !== 0) throw new Error(`${file} does not load: ${stderr.toString()}`);
  return Number(stdout.toString());
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
