import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { budgets } from './budgets/budgets.ts';
import { cost, times } from './comparison/comparison.ts';
import { costTable, timeTables } from './comparison/comparison-tables.ts';
import { excessIn } from './comparison/units-budget.ts';
import { contention, contentionTable } from './contention/contention.ts';
import { openAssembly } from './deployment.ts';
import { missedIn, table } from './figures.ts';
import { growth } from './growth/growth.ts';
import { growthTable } from './growth/growth-table.ts';
import { BUDGETS, type Options, readOptions } from './options.ts';
import { referenceBundles } from './reference-bundles.ts';
import { measured, type Result, writeResult } from './result.ts';
import type { Tools } from './tools.ts';
import { faultsIn, statesTable } from './wrong-states/states-table.ts';
import { allWrongStates } from './wrong-states/wrong-states.ts';

const options = readOptions();
const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-bench-'));
const assembly = await openAssembly();
try {
  const result = await measure({ assembly, references: referenceBundles(place) }, options);
  writeResult(options.out, result);
  const tables = [
    table(result.budgets?.values ?? []),
    statesTable(result.states?.values ?? []),
    growthTable(result.growth?.values ?? []),
    contentionTable(result.contention?.values ?? []),
    ...(result.cost ? [costTable(result.cost.values)] : []),
    ...(result.times ? timeTables(result.times.values) : []),
  ];
  console.log(`\n${tables.filter((text) => text !== '').join('\n\n')}`);
  const faults = [
    ...missedIn(result.budgets?.values ?? []),
    ...faultsIn(result.states?.values ?? []),
    ...excessIn(result.cost?.values ?? { units: [] }),
  ];
  for (const fault of faults) {
    console.error(fault);
    process.exitCode = 1;
  }
} finally {
  assembly.close();
  rmSync(place, { recursive: true, force: true });
}

async function measure(tools: Tools, chosen: Options): Promise<Result> {
  const { parts } = chosen;
  return {
    ...(BUDGETS.some((part) => parts.has(part)) && {
      budgets: await measured(() => budgets(tools, chosen)),
    }),
    ...(parts.has('units') && { cost: await measured(() => cost(tools, chosen)) }),
    ...(parts.has('times') && { times: await measured(() => times(tools, chosen)) }),
    ...(parts.has('growth') && { growth: await measured(() => growth(tools, chosen)) }),
    ...(parts.has('contention') && { contention: await measured(() => contention(tools, chosen)) }),
    ...(parts.has('states') && { states: await measured(() => allWrongStates(tools, chosen)) }),
  };
}
