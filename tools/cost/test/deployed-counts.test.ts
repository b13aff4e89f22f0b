import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dollars } from '../../../operations/prices/prices.ts';
import {
  synthesize,
  withEntrance,
  withMessages,
  withOwnerMails,
} from '../../../test/lib/synthesized-stack.ts';
import { deployedCounts } from '../deployed-counts.ts';
import measured from '../measured.json' with { type: 'json' };
import { fixedCost, total } from '../monthly-cost.ts';

/** What is deployed with these settings, in the region of the prices. The stack has more in it than elsewhere. */
function countsWith(settings: Record<string, unknown>) {
  const stack = synthesize(settings, 'us-east-1');
  return deployedCounts((type) =>
    Object.fromEntries(Object.entries(stack.ofType(type)).map(([id, { Properties }]) => [id, Properties])),
  );
}

it('costs what docs/operations/cost.md says, to 2 %', () => {
  const deployed = countsWith({});
  const [now, documented] = [total(fixedCost({ deployed })), total(fixedCost(measured))];
  expect(deployed.alarms).toBeGreaterThan(10);
  // Every 15 and every 5 minutes.
  expect(deployed).toMatchObject({ sweeps_per_month: 2_920, redrives_per_month: 8_760 });
  expect(Math.abs(now / documented - 1), 'docs/operations/cost.md is stale: run npm run cost').toBeLessThan(
    0.02,
  );
});

it.each([
  ['`ordering`', { ordering: 'on' }],
  ['`entrance`', withEntrance],
  ['`patientMessages: both`', withMessages],
  ['`ownerMailSender`', withOwnerMails],
])('%s adds as many metrics of alarms as docs/operations/cost.md says', (name, settings) => {
  const document = readFileSync(join(import.meta.dirname, '../../../docs/operations/cost.md'), 'utf8');
  const added = countsWith(settings).alarm_metrics - countsWith({}).alarm_metrics;
  expect(document).toContain(`| ${name} | ${added} | ${dollars('alarm', added).toFixed(2)} |`);
});
