/** The function as it is invoked in the account: step by step, with the cursor of the previous answer. */
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isOfKind } from '../../../core/store/table-layout.ts';
import type { RebuildAnswer } from '../../../functions/rebuild/handler.ts';
import { journeys } from '../../../tools/sandbox/journeys/journeys.ts';
import { planDeliveries } from '../../../tools/sandbox/webhooks/delivery-plan.ts';
import { type EngineTable, openEngineTable } from '../../core/store/tables/engine-table.ts';
import { comparable, itemsOf, takeAll, undisturbed } from '../../core/use-cases/rebuild/lab.ts';

const bodies = planDeliveries(journeys(3, 6), { seed: 3 }).map(({ body }) => body);
const CLOCK_VARIABLES = {
  REDRAW_NO_ORDER: 'PT1H',
  LAB_TIME_ZONE: 'America/Los_Angeles',
  REDRAW_NO_REQUISITION: 'P1D',
  REDRAW_NO_APPOINTMENT: 'P7D',
  REDRAW_AFTER_APPOINTMENT: 'P1D',
  REDRAW_AFTER_RESULT_DATE: 'P1D',
  REDRAW_NO_RESULT_DATE: 'P14D',
  ORDER_NO_REQUISITION: 'P2D',
  ORDER_NO_APPOINTMENT: 'P30D',
  ORDER_AFTER_APPOINTMENT: 'P3D',
  ORDER_AFTER_RESULT_DATE: 'P7D',
  ORDER_NO_RESULT_DATE: 'P30D',
  CHECK_DIVERGING: 'PT15M',
  CHECK_SILENT: 'P30D',
};

let engine: EngineTable;
let invoke: (event: unknown, timeLeft?: number) => Promise<RebuildAnswer>;

beforeAll(async () => {
  engine = await openEngineTable();
  const variables = { ...CLOCK_VARIABLES, TABLE_NAME: engine.table.name, LOG_LEVEL: 'ERROR' };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const { handler } = await import('../../../functions/rebuild/handler.ts');
  invoke = (event, timeLeft = 60_000) =>
    handler(event, { getRemainingTimeInMillis: () => timeLeft } as Context);
  await takeAll(engine.table, bodies);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await engine.close();
});

test('reports in a dry run, stops when its time is over, and ends with nothing left', async () => {
  const dry = await invoke({ dry_run: true, items_per_second: 5_000 });
  expect(dry).toMatchObject({ finished: true, cursor: null, failed: 0 });
  expect(dry.missing).toBeGreaterThan(0);
  expect(dry.findings.length + dry.findings_left_out).toBeGreaterThanOrEqual(dry.missing);
  expect(comparable(await itemsOf(engine.table)).size).toBe(0);

  const none = await invoke({ segments: 2 }, 1_000);
  expect(none).toMatchObject({
    finished: false,
    orders: 0,
    cursor: { phase: 'orders', segments: ['start', 'start'] },
  });
  const all = await invoke({ cursor: none.cursor, items_per_second: 5_000 });
  expect(all).toMatchObject({ finished: true, missing: dry.missing });
  expect(comparable(await itemsOf(engine.table))).toEqual(await undisturbed(bodies));
});

test.each([
  { dryrun: true },
  { segments: 0 },
  { items_per_second: 1e9 },
  { seconds: 3_600 },
  { cursor: { phase: 'orders', segments: [] } },
  { restored_at: 'yesterday' },
])('refuses %j: a typing error must not start a rebuild', async (event) => {
  await expect(invoke(event)).rejects.toThrow();
});

test('after a restore, raises every revision once above all that consumers may know', async () => {
  const transactions = async () => (await itemsOf(engine.table)).filter(({ sk }) => isOfKind('TX', sk));
  const before = comparable(await transactions());
  // The rebuild before made revisions from the time of today.
  const request = { restored_at: '2100-01-01T00:00:00Z', items_per_second: 5_000 };
  const dry = await invoke({ ...request, dry_run: true });
  const real = await invoke(request);
  const count = (await transactions()).length;
  expect([dry, real]).toMatchObject([
    { stale_revision: count, differs: 0 },
    { stale_revision: count, differs: 0 },
  ]);
  const restored = Date.parse(request.restored_at) / 1_000;
  for (const { revision } of await transactions()) expect(revision).toBe(restored + 1);
  expect(comparable(await transactions())).toEqual(before);
  expect(await invoke(request)).toMatchObject({ stale_revision: 0 });
});
