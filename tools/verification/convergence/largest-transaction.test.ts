/** The item of a transaction can hold everything that two deliveries and Junction's API report about it. */

import { expect, test } from 'vitest';
import { readOrder } from '../../../core/store/orders/read-order.ts';
import { writeReportedMarkers } from '../../../core/store/orders/write-reported-markers.ts';
import { readTransaction } from '../../../core/store/transactions/transactions.ts';
import { receive } from '../../../core/use-cases/receive-webhook.ts';
import { recompute } from '../../../core/use-cases/recompute.ts';
import { CLOCKS } from '../../../test/clocks.ts';
import { MemoryTable } from '../memory-table/memory-table.ts';
import { event, listed, march, orderId, transaction, transactionId, walkIn } from '../oracle/bodies.ts';
import type { Json } from '../oracle/reading/spelling.ts';

const MAX_ITEM_BYTES = 400 * 1_024;
const NOW = new Date('2026-06-01T00:00:00Z');
/** The longest allowed text, in characters of three bytes. */
const WORD = '€'.repeat(256);

const marker = (n: number) => ({ name: `${n}${WORD}`.slice(0, 256), slug: WORD, loinc: WORD });
const markers = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ ...marker(n), inferred_failure_type: WORD }));

/** An initial order and its redraw, each with the maximum number of listed orders and the given number of missing markers. */
async function bringInBoth(missing: number) {
  const table = new MemoryTable(new Map(), { largestItem: MAX_ITEM_BYTES });
  const listing = { origin: WORD, created_at: march(1), updated_at: march(1) };
  const orders = Array.from({ length: 50 }, (_, n) => listed(n + 1, WORD, march(1), listing));
  const fields: Json = {
    has_missing_results: true,
    missing_results: markers(missing),
    user_id: WORD,
    client_user_id: WORD,
    team_id: WORD,
    order_transaction: transaction(1, WORD, orders),
  };
  const available = event(1, 'redraw_available', march(2));
  const bodies = [
    walkIn(1, [available], { ...fields, origin: 'initial' }),
    walkIn(2, [event(2, 'ordered', march(3))], { ...fields, origin: 'redraw' }),
  ];
  for (const body of bodies) {
    const bytes = Buffer.from(JSON.stringify(body));
    const { outcome, reason } = await receive(
      { table, quarantine: table, quarantineRetentionDays: 90 },
      bytes,
      NOW,
    );
    expect({ outcome, reason }).toEqual({ outcome: 'applied', reason: null });
  }
  const projection = { table, clocks: CLOCKS, pause: async () => undefined };
  for (const id of [orderId(1), orderId(2)]) {
    const told = markers(9).map(({ inferred_failure_type, ...one }) => ({ ...one, failure_type: WORD }));
    await writeReportedMarkers(table, id, { as_of: '2026-03-02T00:00:00.000000Z', markers: told });
    const record = await readOrder(table, id);
    if (record) await recompute(projection, record);
  }
  return readTransaction(table, transactionId(1));
}

test('holds the maximum number of missing markers', async () => {
  const stored = await bringInBoth(9);
  expect(Object.values(stored?.contributions ?? {}).map((one) => one.missing_results.length)).toEqual([9, 9]);
  expect(stored?.redraw?.missing_results).toHaveLength(9);
});

test('drops a longer list of markers and holds everything else', async () => {
  const stored = await bringInBoth(60);
  expect(Object.values(stored?.contributions ?? {}).map((one) => one.missing_results)).toEqual([[], []]);
  expect(stored).toMatchObject({
    status: 'active',
    outcome: 'redraw_in_progress',
    redraw: { order_id: orderId(2) },
  });
});
