import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { type Assembly, deploy } from '../deployment.ts';
import type { Figure } from '../figures.ts';
import { startMeter } from '../meter.ts';
import { DUE, fill, type Models, modelItems } from '../stored-orders.ts';

/** Long after the journeys, so that every open redraw is due. */
const NOW = '2026-01-01T00:00:00Z';
const BEFORE = ['2025-12-31T23:00:00Z', '2025-12-31T23:30:00Z'];

/** The reads of a sweep with few and with many stored orders, and the same number of due redraws. */
export async function sweepReads(assembly: Assembly, few: number, many: number): Promise<Figure[]> {
  const sandbox = await startSandbox({ journeys: [] });
  try {
    const models = await modelItems(assembly);
    const small = await sweepOf(assembly, sandbox, models, few);
    const large = await sweepOf(assembly, sandbox, models, many);
    const names = { items: 'items read', requests: 'read requests', units: 'read units' };
    const of = (what: keyof typeof names) => ({
      name: `sweep: ${names[what]} with ${many} orders stored over ${few}, ${DUE} due`,
      value: large[what] / small[what],
      unit: '×',
      budget: 1.1,
      detail: { [what]: large[what], over: small[what], flagged: `${large.flagged} and ${small.flagged}` },
    });
    return [of('items'), of('requests'), of('units')];
  } finally {
    await sandbox.close();
  }
}

interface Swept {
  items: number;
  requests: number;
  units: number;
  flagged: number;
}

async function sweepOf(assembly: Assembly, sandbox: Sandbox, models: Models, stored: number): Promise<Swept> {
  const deployment = await deploy(assembly, { JUNCTION_BASE_URL: sandbox.url });
  const meter = await startMeter(deployment.engine.endpoint);
  try {
    const sweep = deployment.start('sweep', meter.endpoint);
    // The first sweeps compute every due time again, because they do not know by which clocks it was computed.
    for (const time of BEFORE) await sweep.invoke(JSON.stringify({ time }));
    await fill(deployment, models, stored);
    meter.taken();
    const result = await sweep.invoke(JSON.stringify({ time: NOW }));
    if (!result.ok) throw new Error(`sweep failed: ${result.failure.errorMessage}`);
    const { flagged } = JSON.parse(result.payload) as { flagged: number };
    if (flagged !== DUE) throw new Error(`the sweep answered ${result.payload}`);
    const reads = meter.taken().filter(({ operation }) => /Get|Query|Scan/.test(operation));
    return {
      items: reads.reduce((sum, { items }) => sum + items, 0),
      requests: reads.length,
      units: reads.reduce((sum, { tableUnits, indexUnits }) => sum + tableUnits + indexUnits, 0),
      flagged,
    };
  } finally {
    await meter.close();
    await deployment.close();
  }
}
