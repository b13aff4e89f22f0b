/** Several redraws that one request acknowledges, or whose acknowledgements it withdraws. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  event,
  listed,
  march,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import { ACKNOWLEDGEMENT, openWithRedraw } from '../scene/open-redraw.ts';
import type { QueryApi } from '../scene/query-api.ts';
import { expectRefusal } from '../scene/refusals.ts';

const URL = '/v1/redraws/acknowledgements';
const [first, second, unknown] = [transactionId(1), transactionId(2), transactionId(404)];

let api: QueryApi;
beforeAll(async () => {
  api = await openWithRedraw();
  const entry = listed(2, 'redraw_available', march(2), { created_at: march(1), updated_at: march(1) });
  await api.deliver(
    walkIn(2, [event(3, 'ordered', march(1)), event(4, 'redraw_available', march(2))], {
      order_transaction: transaction(2, 'active', [entry]),
    }),
  );
});
afterEach(() => expect(api.faults).toEqual([]));
afterAll(() => api.close());

const all = (body: object) => api.ask('POST', URL, { body });
const shown = async (id: string) => (await api.get(`/v1/transactions/${id}`)).json;
const named = (...ids: string[]) => ids.map((transaction_id) => ({ transaction_id, replaces: null }));

test('each is answered in the order of the request, and a refused one does not stop the others', async () => {
  const { json: taken } = await api.put(ACKNOWLEDGEMENT, { by: 'ops', note: 'first' });
  const given = { by: 'clara', note: ' all of them ', stop_messages: true };
  const { status, json } = await all({ ...given, redraws: named(unknown, first, second) });
  const { at } = (taken.redraw as { acknowledgement: { at: string } }).acknowledgement;
  const conflict = `ops acknowledged it at ${at}. Nothing was changed.`;
  expect([status, json]).toEqual([
    200,
    {
      results: [
        {
          transaction_id: unknown,
          status: 404,
          transaction: null,
          problem: expect.objectContaining({ status: 404 }),
        },
        {
          transaction_id: first,
          status: 409,
          transaction: taken,
          problem: { type: 'about:blank', title: 'Conflict', status: 409, detail: conflict },
        },
        { transaction_id: second, status: 200, transaction: await shown(second), problem: null },
      ],
    },
  ]);
  const acknowledgement = { by: 'clara', note: 'all of them', stop_messages: true };
  expect((await shown(second)).redraw).toMatchObject({ acknowledgement });
});

test('a repeated request changes nothing, and names of what to replace are per redraw', async () => {
  const at = async (id: string) =>
    ((await shown(id)).redraw as { acknowledgement: { at: string } }).acknowledgement.at;
  const redraws = [
    { transaction_id: first, replaces: await at(first) },
    { transaction_id: second, replaces: await at(second) },
  ];
  const { json } = await all({ by: 'olivia', redraws });
  expect(json.results).toMatchObject([{ status: 200 }, { status: 200 }]);
  expect((await all({ by: 'olivia', redraws })).json).toEqual(json);
});

test('withdrawals are answered in the order of the request, and a refused one does not stop the others', async () => {
  const withdrawn = (redraws: object[]) =>
    api.ask('POST', '/v1/redraws/withdrawals', { body: { by: 'olivia', redraws } });
  const { at } = ((await shown(first)).redraw as { acknowledgement: { at: string } }).acknowledgement;
  const mistaken = { transaction_id: second, acknowledged_at: march(1) };
  const before = await shown(second);
  const redraws = [mistaken, { transaction_id: first, acknowledged_at: at }, { transaction_id: unknown }];
  const { status, json } = await withdrawn(redraws);
  expect([status, json.results]).toMatchObject([
    200,
    [
      {
        ...{ transaction_id: second, status: 409, transaction: before },
        problem: { detail: expect.stringMatching(/^olivia acknowledged it at /) },
      },
      { transaction_id: first, status: 200, transaction: await shown(first), problem: null },
      { transaction_id: unknown, status: 404, transaction: null },
    ],
  ]);
  expect((await shown(first)).redraw).toMatchObject({ acknowledgement: null, withdrawal: { by: 'olivia' } });
  expect((await withdrawn(redraws)).json).toEqual(json);
  expect((await withdrawn([{ transaction_id: second }])).json.results).toMatchObject([{ status: 200 }]);
  expectRefusal(await withdrawn([]), 'The field redraws is invalid: its length must be at least 1.');
  expectRefusal(await withdrawn([{ transaction_id: first, replaces: null }]), /must not contain the field/);
});

test.each([
  ['none', [], 'The field redraws is invalid: its length must be at least 1.'],
  [
    ...(['51', Array.from({ length: 51 }, (_, at) => named(transactionId(at))[0])] as const),
    'The field redraws is invalid: its length must be at most 50.',
  ],
  ['no id', named('x', first), 'The field redraws.0.transaction_id is invalid: it is not a UUID.'],
])('%s is refused, and nothing changes', async (_, redraws, detail) => {
  const before = await shown(first);
  expectRefusal(await all({ by: 'somebody', redraws }), detail);
  expect(await shown(first)).toEqual(before);
});
