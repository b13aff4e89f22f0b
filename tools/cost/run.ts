/** Computes what a deployment costs, and writes the figures into docs/operations/cost.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { runProgram } from '../../operations/command-line/run.ts';
import { openAssembly } from '../bench/deployment.ts';
import { SCALES } from './assumptions.ts';
import { countsOf } from './deployed-counts.ts';
import { withFigures } from './document.ts';
import { measure } from './measure.ts';
import { type Measured, measuredSchema } from './measured.ts';
import { monthlyCost, total } from './monthly-cost.ts';

const root = join(import.meta.dirname, '..', '..');
const measurements = join(root, 'tools', 'cost', 'measured.json');
const document = join(root, 'docs', 'operations', 'cost.md');

const program = new Command('npm run cost --')
  .description(
    'Counts the resources in the template, and writes tools/cost/measured.json and the figures in docs/operations/cost.md.',
  )
  .option(
    '--measure',
    'first repeat the measurement of the units per order on the embedded engine (some minutes)',
  )
  .exitOverride()
  .action(async (options: { measure?: boolean }) => {
    const measured = options.measure ? await measure(new Date()) : await recounted();
    writeFileSync(measurements, `${JSON.stringify(measured, null, 2)}\n`);
    writeFileSync(document, withFigures(readFileSync(document, 'utf8'), measured));
    for (const orders of SCALES) {
      const dollars = total(monthlyCost(measured, orders));
      console.log(
        `${orders.toLocaleString('en-US').padStart(11)} orders a year: ${dollars.toFixed(2)} dollars a month`,
      );
    }
    console.log('docs/operations/cost.md has the details.');
  });

await runProgram(program, process.argv.slice(2));

/** What was measured before, with what the template has now. */
async function recounted(): Promise<Measured> {
  const assembly = await openAssembly();
  try {
    const before = measuredSchema.parse(JSON.parse(readFileSync(measurements, 'utf8')));
    return {
      ...before,
      counted_at: new Date().toISOString().slice(0, 10),
      deployed: countsOf(assembly.template),
    };
  } finally {
    assembly.close();
  }
}
