import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Explanation, explain } from '../../../../core/domain/explanation/explanation.ts';
import { ruleSentence } from '../../../../core/domain/explanation/rule-sentences.ts';
import { contributionOf } from '../../../../core/domain/members/contribution.ts';
import { transactionOf } from '../../../../core/domain/transaction/transaction.ts';
import { readWebhook } from '../../../../core/junction/webhook-message.ts';
import { writeOrder } from '../../../../core/store/orders/write-order.ts';
import {
  event,
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { CLOCKS } from '../../../clocks.ts';
import { holdsFor } from '../../../property.ts';
import { anyRecord } from '../../domain/arbitrary-orders.ts';

import { QueryApi } from '../scene/query-api.ts';

let api: QueryApi;
beforeAll(async () => {
  api = await QueryApi.open();
});
afterAll(() => api.close());

const steps = [
  event(1, 'ordered', march(1)),
  event(2, 'requisition_created', march(2)),
  event(3, 'redraw_available', march(3)),
];
const inTransaction = (n: number, status: string | null, entries: Json[]) => ({
  created_at: march(1),
  updated_at: march(1),
  order_transaction: transaction(n, status, entries),
});
const entry = (n: number, low: string, day: number, fields = {}) =>
  listed(n, low, march(day), { created_at: march(1), updated_at: march(1), ...fields });

async function explained(n: number): Promise<Explanation> {
  const { status, json } = await api.get(`/v1/transactions/${transactionId(n)}?explain=true`);
  expect(status).toBe(200);
  return json.explanation as Explanation;
}

describe('an explanation', () => {
  test('is included only on request', async () => {
    await api.deliver(walkIn(1, steps.slice(0, 1), inTransaction(1, 'active', [entry(1, 'ordered', 1)])));
    const url = `/v1/transactions/${transactionId(1)}`;
    expect((await api.get(url)).json).not.toHaveProperty('explanation');
    expect((await api.get(`${url}?explain=false`)).json).not.toHaveProperty('explanation');
    const { explanation, ...rest } = (await api.get(`${url}?explain=true`)).json;
    expect(rest).toEqual((await api.get(url)).json);
    expect(explanation).toMatchObject({
      rule: {
        name: 'P/none',
        source: 'documented',
        initial: { order_id: orderId(1), class: 'P' },
        redraw: null,
      },
      junction: { status: 'active', as_of: march(1), covers: true, uncovered_orders: [] },
      missed: [],
    });
  });

  test('lists the events whose webhooks never came, and not those whose webhooks came late', async () => {
    const whole = inTransaction(2, 'active', [entry(2, 'redraw_available', 3)]);
    await api.deliver(walkIn(2, steps, whole), walkIn(2, steps.slice(0, 1), whole));
    const { missed } = await explained(2);
    expect(missed).toMatchObject([{ order_id: orderId(2), event_id: '2', created_at: march(2) }]);
    expect(missed[0]?.sentence).toContain('requisition_created');
    await api.deliver(walkIn(2, steps.slice(0, 2), whole));
    expect((await explained(2)).missed).toEqual([]);
  });

  test("lists as missed what only Junction's API reported", async () => {
    const body = walkIn(3, steps, inTransaction(3, 'active', [entry(3, 'redraw_available', 3)]));
    const message = readWebhook(JSON.stringify(body), march(20));
    if (message.kind === 'order') await writeOrder(api.table, message.facts);
    await api.settle();
    expect((await explained(3)).missed).toHaveLength(3);
    await api.deliver(body);
    expect((await explained(3)).missed).toHaveLength(2);
  });

  test('names the source of each report, the reports that do not count and why, and the facts that Junction does not know', async () => {
    const first = [entry(4, 'redraw_available', 3)];
    const redraw = { origin: 'redraw', parent_id: orderId(4), created_at: march(4), updated_at: march(4) };
    await api.deliver(
      walkIn(4, steps.slice(0, 2), inTransaction(4, 'active', [entry(4, 'requisition_created', 2)])),
      walkIn(5, [event(9, 'ordered', march(4))], {
        ...inTransaction(4, 'active', [...first, entry(5, 'ordered', 4, redraw)]),
        ...redraw,
      }),
    );
    const { orders, junction, rule, text } = await explained(4);
    expect(rule).toMatchObject({ name: 'R/P', initial: { class: 'R' }, redraw: { order_id: orderId(5) } });
    expect(orders).toMatchObject([
      {
        id: orderId(4),
        slot: 'initial',
        class: 'R',
        newest: {
          low_level_status: 'redraw_available',
          source: 'heard',
          reported_by: [orderId(5)],
          at: march(3),
        },
        lost: [{ low_level_status: 'requisition_created', source: 'own', why: 'older', at: march(2) }],
      },
      { id: orderId(5), slot: 'redraw', newest: { source: 'own', reported_by: [] }, lost: [] },
    ]);
    expect(junction).toMatchObject({ reported_by: orderId(5), covers: true });
    expect(text.join('\n')).toContain('A redraw was made available for the initial order');
    await api.deliver(
      walkIn(5, [event(9, 'ordered', march(4)), event(10, 'requisition_created', march(5))], {
        ...inTransaction(4, null, []),
        ...redraw,
      }),
    );
    expect((await explained(4)).junction).toMatchObject({
      reported_by: orderId(4),
      covers: false,
      uncovered_orders: [orderId(4), orderId(5)],
    });
  });

  test('says that an order was only registered', async () => {
    await api.put(`/v1/orders/${orderId(6)}`, { order_transaction_id: transactionId(6) });
    await api.settle();
    const { orders, text } = await explained(6);
    expect(orders).toMatchObject([{ newest: null, registered_at: expect.any(String) }]);
    expect(text.join(' ')).toContain('it was registered on');
  });

  test('names the deciding fact of every order, for any stored facts', () => {
    const records = fc.tuple(anyRecord(1), anyRecord(2), anyRecord(3));
    holdsFor(
      fc.property(records, (all) => {
        const contributions = Object.fromEntries(all.map((one) => [one.id, contributionOf(one)]));
        const whole = transactionOf(contributions, CLOCKS);
        const { orders, rule, text } = explain(whole, contributions, all);
        expect(rule.name).toBe(whole.rule);
        expect(orders.map(({ id }) => id)).toEqual(whole.orders.map(({ id }) => id));
        for (const [index, { newest }] of orders.entries()) {
          expect(newest?.low_level_status ?? null).toBe(whole.orders[index]?.low_level_status);
          expect(newest?.at ?? null).toBe(whole.orders[index]?.low_level_status_created_at);
        }
        for (const sentence of text) expect(sentence).toMatch(/^[A-Z].*\.\)?$/s);
      }),
    );
  });

  test('has a sentence for every cell of the truth table', () => {
    const sentences = (['P', 'C', 'R', 'X', 'F', 'unseen'] as const).flatMap((initial) =>
      (['none', 'P', 'C', 'X', 'F', 'R', 'single_order'] as const).map((redraw) =>
        ruleSentence(initial, redraw),
      ),
    );
    expect(sentences.filter((sentence) => sentence !== '')).toHaveLength(36);
    expect(new Set(sentences).size).toBe(37);
  });
});
