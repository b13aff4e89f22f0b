/** What is published of a transaction that lacks an order, and when. */
import { describe, expect, test } from 'vitest';
import { acknowledge } from '../../../core/use-cases/acknowledgements/acknowledge-redraw.ts';
import { addNote } from '../../../core/use-cases/handling/add-note.ts';
import { rebuildTransaction } from '../../../core/use-cases/rebuild/rebuild-transaction.ts';
import {
  event,
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../../../tools/verification/oracle/bodies.ts';
import { numbers } from '../../../tools/verification/oracle/orders-of-delivery.ts';
import type { Json } from '../../../tools/verification/oracle/reading/spelling.ts';
import { PROGRAM } from '../../callers.ts';
import { initialAvailable, ORDERED, REDRAW, redrawAt, TRANSACTION } from './sweep/scene/redraw-bodies.ts';
import { minutesAfter, scene } from './sweep/scene/scene.ts';
import { junctionApi, Tracker } from './sweep/scene/tracker.ts';

const COMPLETED = ['completed', march(12)] as const;
const completedRedraw = redrawAt([ORDERED, COMPLETED]);
/** The initial order, whose payload lists a redraw order that has completed. */
const listsCompleted = initialAvailable({ order_transaction: completedRedraw.order_transaction });
const typesOf = ({ events }: Tracker) => events.map(({ type }) => type).sort();

/** The two webhooks of a finished redraw. Each lists both orders. */
function finishedRedraw(k: number, has_missing_results: boolean): Json[] {
  const [first, second] = [2 * k + 1, 2 * k + 2];
  const redraw = { origin: 'redraw', parent_id: orderId(first) };
  const [created, redrawn] = [march(1), march(7)].map((at) => ({ created_at: at, updated_at: at }));
  const order_transaction = transaction(k, 'completed', [
    listed(first, 'redraw_available', march(6), created),
    listed(second, 'completed', march(12), { ...redraw, ...redrawn }),
  ]);
  const initial = [event(1, 'ordered', march(1)), event(2, 'redraw_available', march(6))];
  const ofRedraw = [event(11, 'ordered', march(7)), event(12, 'completed', march(12))];
  return [
    walkIn(first, initial, { ...created, has_missing_results: true, order_transaction }),
    walkIn(second, ofRedraw, { ...redraw, ...redrawn, has_missing_results, order_transaction }),
  ];
}

test.each([1, 2, 3, 4])(
  'first contact with 25 finished redraws publishes each change once (%i)',
  async (seed) => {
    const next = numbers(seed);
    const tracker = new Tracker();
    const hasMissing = (k: number) => k % 5 === 0;
    const bodies = Array.from({ length: 25 }, (_, k) => finishedRedraw(k, hasMissing(k))).flat();
    const shuffled = bodies.map((body) => ({ body, at: next() })).sort((a, b) => a.at - b.at);
    for (const { body } of shuffled) {
      await tracker.receive(body, '2026-06-01T00:00:00Z');
      for (let steps = next() % 4; steps > 0; steps -= 1) await tracker.projectNext();
    }
    await tracker.project();
    const about = (k: number) =>
      tracker.events.flatMap(({ type, detail }) =>
        'transaction_id' in detail && detail.transaction_id === transactionId(k) ? [type] : [],
      );
    const finished = ['Insight Changed', 'Redraw Available', 'Redraw Order Linked', 'Transaction Completed'];
    for (let k = 0; k < 25; k += 1) {
      const decision = hasMissing(k) ? ['Redraw Needs Decision'] : [];
      expect(about(k).sort()).toEqual([...decision, ...finished].sort());
    }
    expect(tracker.transactions().filter(({ incomplete }) => incomplete)).toEqual([]);
  },
);

/** A scene in which only the initial order's webhook arrives, and lists the redraw order as completed. */
async function withoutRedrawWebhooks() {
  const { told, sandbox, tracker, transactionId } = await scene('redraw_completed_with_missing_results', {
    arrives: () => false,
  });
  const { payload, at = '' } = told.snapshots.at(-1) ?? {};
  const { order_transaction } = orderIn(payload);
  const initial = told.snapshots.findLast((one) => orderIn(one.payload).origin === 'initial')?.payload;
  await tracker.deliver({ ...orderIn(initial), order_transaction }, at);
  const sweep = (minutes: number, { url }: { readonly url: string } = sandbox) => {
    sandbox.junction.setClock(new Date(minutesAfter(at, minutes)));
    return tracker.sweep(minutesAfter(at, minutes), {
      api: junctionApi({ url, junction: sandbox.junction }),
    });
  };
  return { tracker, transactionId, sweep };
}

const orderIn = (payload: object | undefined): Json =>
  payload && 'data' in payload ? (payload.data as Json) : ((payload ?? {}) as Json);

describe('a transaction that lacks an order, with a key', () => {
  test('is published as Junction’s answer shows it', async () => {
    const { tracker, sweep } = await withoutRedrawWebhooks();
    expect(await sweep(14)).toMatchObject({ due: 0 });
    expect(tracker.events).toEqual([]);
    expect(await sweep(15)).toMatchObject({ due: 1, healed: 1 });
    const completed = tracker.events.flatMap(({ type, detail }) =>
      type === 'Transaction Completed' ? [detail.outcome] : [],
    );
    expect(completed).toEqual(['results_incomplete']);
    expect(tracker.told('Redraw Needs Decision')).toHaveLength(1);
  });

  test('waits while Junction does not answer, for a day', async () => {
    const { tracker, sweep, transactionId } = await withoutRedrawWebhooks();
    const nowhere = { url: 'http://127.0.0.1:9' };
    for (const hours of [1, 2, 12, 24]) await sweep(60 * hours, nowhere);
    expect(tracker.events).toEqual([]);
    await sweep(60 * 25, nowhere);
    expect(tracker.told('Transaction Completed')).toEqual([transactionId]);
  });
});

describe('a completed order that only another order’s payload reports', () => {
  test('is published by the first sweep after fifteen minutes if there is no key, and once', async () => {
    const tracker = new Tracker();
    await tracker.deliver(listsCompleted, march(13));
    expect(tracker.events).toEqual([]);
    expect(await tracker.sweep(march(13, '08:14:59'))).toMatchObject({ due: 0 });
    expect(tracker.events).toEqual([]);
    await tracker.sweep(march(13, '08:15:00'));
    expect(typesOf(tracker)).toEqual([
      'Insight Changed',
      'Redraw Available',
      'Redraw Order Linked',
      'Transaction Completed',
    ]);
    // What is still missing has been waited for.
    await tracker.deliver(redrawAt([ORDERED, ['partial_results', march(11)]]), march(13, '08:20:00'));
    expect(await tracker.transaction(TRANSACTION)).toMatchObject({
      incomplete: { missing: [REDRAW], released: true },
    });
    await tracker.deliver(completedRedraw, march(13, '09:00:00'));
    expect((await tracker.transaction(TRANSACTION))?.incomplete).toBeUndefined();
    await tracker.sweep(march(13, '09:30:00'));
    expect(tracker.told('Transaction Completed')).toHaveLength(1);
  });

  test('is compared with what was last published, with everything that people did in the meantime', async () => {
    const tracker = new Tracker();
    const { projection } = tracker;
    await tracker.deliver(initialAvailable(), march(6));
    await tracker.deliver(redrawAt([ORDERED]), march(6, '09:00:00'));
    const by = { by: 'olivia', caller: PROGRAM };
    const note = (text: string) =>
      addNote(
        projection,
        TRANSACTION,
        { ...by, kind: 'note', text, withdraws: null, key: null },
        new Date(march(12, '09:00:00')),
      );
    await note('before');
    tracker.events.length = 0;
    await tracker.deliver({ ...listsCompleted, updated_at: march(12) }, march(12));
    for (const text of ['one', 'two', 'three']) await note(text);
    const context = {
      ...projection,
      dryRun: false,
      removeOrphans: false,
      now: () => 1,
      revisionsAbove: 0,
      parts: [],
    };
    expect(await rebuildTransaction(context, TRANSACTION)).toMatchObject({ fault: null });
    expect(typesOf(tracker)).toEqual([]);
    await tracker.deliver(
      redrawAt([ORDERED, COMPLETED], { has_missing_results: true }),
      march(12, '09:00:00'),
    );
    await acknowledge(
      projection,
      TRANSACTION,
      { ...by, note: 'a new order' },
      new Date(march(12, '09:01:00')),
    );
    expect(typesOf(tracker)).toEqual([
      'Insight Changed',
      'Note Added',
      'Note Added',
      'Note Added',
      'Redraw Acknowledged',
      'Redraw Needs Decision',
      'Redraw Progressed',
      'Transaction Completed',
    ]);
    const ids = tracker.events.map(({ detail }) => detail.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
