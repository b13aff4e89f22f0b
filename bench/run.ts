import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { journeys } from '../sandbox/journeys/journeys.ts';
import { coldStart } from './budgets/cold-start.ts';
import { handlerTime } from './budgets/handler-time.ts';
import { bundleSizes, moduleLoad } from './budgets/module-load.ts';
import { sweepReads } from './budgets/sweep-reads.ts';
import { visibility } from './budgets/visibility.ts';
import { writeUnits } from './budgets/write-units.ts';
import { type Assembly, deploy, openAssembly } from './deployment.ts';
import { type Fed, feed } from './feed.ts';
import { type Figure, isMissed, table } from './figures.ts';
import { type References, referenceBundles } from './reference-bundles.ts';

const USAGE = `npm run bench -- [options]
  --full            the sweep with 100,000 orders stored instead of 10,000 (some minutes)
  --orders=<n>      … with so many
  --journeys=<n>    journeys whose webhooks are measured (150)
  --rounds=<n>      fresh processes per bundle (21)
  --only=<parts>    of load, cost, time, visible, sweep; separated by commas
  --out=<file>      where the result goes as JSON (bench-result.json)`;

const { values: options } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    orders: { type: 'string' },
    journeys: { type: 'string', default: '150' },
    rounds: { type: 'string', default: '21' },
    only: { type: 'string', default: 'load,cost,time,visible,sweep' },
    out: { type: 'string', default: 'bench-result.json' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}

const FEW_ORDERS = 1_000;
const manyOrders = Number(options.orders ?? (options.full ? 100_000 : 10_000));
const parts = new Set(options.only.split(','));

const assembly = await openAssembly();
const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-bench-'));
try {
  const figures = await measure(assembly, referenceBundles(place));
  console.log(`\n${table(figures)}`);
  const result = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, figures };
  writeFileSync(options.out, `${JSON.stringify(result, null, 2)}\n`);
  for (const { name, value, unit, budget } of figures.filter(isMissed)) {
    console.error(`Budget missed: ${name} is ${value} ${unit}, more than ${budget}.`);
    process.exitCode = 1;
  }
} finally {
  assembly.close();
  rmSync(place, { recursive: true, force: true });
}

async function measure(app: Assembly, references: References): Promise<Figure[]> {
  const figures: Figure[] = [];
  if (parts.has('load'))
    figures.push(...bundleSizes(app, references.plain), ...(await loadTimes(app, references)));
  if (parts.has('cost') || parts.has('time')) {
    const fed = await feedJourneys(app);
    if (parts.has('cost')) figures.push(...writeUnits(fed));
    if (parts.has('time')) figures.push(...(await handlerTimes(app, references.plain, fed)));
  }
  if (parts.has('visible')) figures.push(...(await visibility(40)));
  if (parts.has('sweep')) figures.push(...(await sweepReads(app, FEW_ORDERS, manyOrders)));
  return figures;
}

async function loadTimes(app: Assembly, references: References): Promise<Figure[]> {
  const deployment = await deploy(app);
  try {
    return moduleLoad(app, deployment, references, Number(options.rounds));
  } finally {
    await deployment.close();
  }
}

async function feedJourneys(app: Assembly): Promise<Fed[]> {
  const deployment = await deploy(app);
  try {
    return await feed(deployment, journeys(1, Number(options.journeys)));
  } finally {
    await deployment.close();
  }
}

async function handlerTimes(app: Assembly, reference: string, fed: Fed[]): Promise<Figure[]> {
  const [cold, warm] = [await deploy(app), await deploy(app)];
  try {
    return [
      ...(await coldStart(app, cold, reference, fed, Number(options.rounds))),
      ...(await handlerTime(app, warm, reference, fed)),
    ];
  } finally {
    await cold.close();
    await warm.close();
  }
}
