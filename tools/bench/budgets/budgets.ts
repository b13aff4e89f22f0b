import { journeys } from '../../sandbox/journeys/journeys.ts';
import { deploy } from '../deployment.ts';
import { type Fed, feed } from '../feed.ts';
import type { Figure } from '../figures.ts';
import type { Options } from '../options.ts';
import type { Tools } from '../tools.ts';
import { firstRequest } from './first-request.ts';
import { handlerTime, ordinaryIn } from './handler-time.ts';
import { bundleSizes, moduleLoad } from './module-load.ts';
import { recomputeBatch } from './recompute-batch.ts';
import { sweepReads } from './sweep-reads.ts';
import { visibility } from './visibility.ts';
import { writeUnits } from './write-units.ts';

const FEW_ORDERS = 1_000;

/** Our own budgets: the chosen parts of them. */
export async function budgets(tools: Tools, options: Options): Promise<Figure[]> {
  const { assembly, references } = tools;
  const { parts } = options;
  const figures: Figure[] = [];
  if (parts.has('load')) {
    figures.push(...bundleSizes(assembly, references.plain), ...(await loadTimes(tools, options)));
  }
  if (parts.has('cost') || parts.has('time')) {
    const fed = await feedJourneys(tools, options);
    if (parts.has('cost')) figures.push(...writeUnits(fed));
    if (parts.has('time')) figures.push(...(await handlerTimes(tools, options, fed)));
  }
  if (parts.has('batch')) figures.push(...(await recomputeBatch(assembly, options.rounds)));
  if (parts.has('visible')) figures.push(...(await visibility(options.visible)));
  if (parts.has('sweep')) figures.push(...(await sweepReads(assembly, FEW_ORDERS, options.orders)));
  return figures;
}

async function loadTimes({ assembly, references }: Tools, { rounds }: Options): Promise<Figure[]> {
  const deployment = await deploy(assembly);
  try {
    return moduleLoad(assembly, deployment, references, rounds);
  } finally {
    await deployment.close();
  }
}

async function feedJourneys({ assembly }: Tools, options: Options): Promise<Fed[]> {
  const deployment = await deploy(assembly);
  try {
    return await feed(deployment, journeys(1, options.journeys));
  } finally {
    await deployment.close();
  }
}

async function handlerTimes(
  { assembly, references }: Tools,
  { rounds }: Options,
  fed: Fed[],
): Promise<Figure[]> {
  const [cold, warm] = [await deploy(assembly), await deploy(assembly)];
  try {
    return [
      ...(await firstRequest(assembly, cold, references, ordinaryIn(fed), rounds)),
      ...(await handlerTime(assembly, warm, references.plain, fed)),
    ];
  } finally {
    await cold.close();
    await warm.close();
  }
}
