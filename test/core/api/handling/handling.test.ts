/** The owner, the notes and the history of a transaction over the API. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  event,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { ACKNOWLEDGEMENT, openWithRedraw } from '../scene/open-redraw.ts';
import type { QueryApi } from '../scene/query-api.ts';
import { expectRefusal } from '../scene/refusals.ts';

const URL = `/v1/transactions/${transactionId(1)}`;
const NOTES = `${URL}/notes`;
const MINUTE = 60_000;

let api: QueryApi;
beforeAll(async () => {
  api = await openWithRedraw();
});
beforeEach(() => {
  // Every request has its own time.
  api.now = new Date((api.now ?? new Date(march(3))).getTime() + MINUTE);
});
afterEach(() => expect(api.faults).toEqual([]));
afterAll(() => api.close());

function asOlivia(): QueryApi {
  const olivia = api.as({
    claims: { sub: 'olivia', client_id: 'page', email: 'olivia', email_verified: 'true' },
  });
  olivia.now = api.now;
  return olivia;
}

const noted = (body: Json, key?: string) =>
  api.ask('POST', NOTES, { body, ...(key && { headers: { 'idempotency-key': key } }) });
const history = async (url = NOTES) =>
  (await api.get(url)).json as unknown as { notes: Json[]; next_cursor: string | null };
const listed = async (query: string) =>
  ((await api.get(`/v1/redraws?${query}`)).json.transactions as Json[]).map(({ id }) => id);

describe('a note', () => {
  test('is appended once, however often its request is repeated', async () => {
    const body = { kind: 'called', text: 'Will go on Friday.' };
    const first = await noted(body, 'key-1');
    expect([first.status, first.json]).toMatchObject([
      201,
      { kind: 'called', text: 'Will go on Friday.', by: 'program' },
    ]);
    expect((await noted(body, 'key-1')).json).toEqual(first.json);
    expectRefusal(await noted({ kind: 'refused' }, 'key-1'), /used for another note/, 422);
    // Another caller has other keys, and without a key every request is another note.
    api.now = new Date(Number(api.now) + MINUTE);
    const olivia = asOlivia();
    await olivia.ask('POST', NOTES, { body, headers: { 'idempotency-key': 'key-1' } });
    api.now = new Date(Number(api.now) + MINUTE);
    await noted(body);
    const { notes } = await history();
    expect(notes.map(({ by }) => by)).toEqual(['program', 'olivia', 'program']);
    expect(notes[2]).toEqual(first.json);
  });

  test('is withdrawn by who added it, and the contact before it counts again', async () => {
    const contact = async () => (await api.get(URL)).json.contact;
    const before = (await contact()) as Json;
    const mistaken = (await noted({ kind: 'voicemail' })).json;
    expect(await contact()).toMatchObject({ kind: 'voicemail', tries: Number(before.tries) + 1 });
    api.now = new Date(Number(api.now) + MINUTE);
    const withdrawal = { kind: 'withdrawn', withdraws: mistaken.id };
    expectRefusal(await asOlivia().ask('POST', NOTES, { body: withdrawal }), /no such note/, 409);
    expect((await noted(withdrawal)).json).toMatchObject({ withdraws: mistaken.id });
    expect(await contact()).toEqual(before);
    expectRefusal(await noted(withdrawal), /no such note/, 409);
    expectRefusal(await noted({ kind: 'withdrawn' }), /must name an entry/, 400);
    expect((await history()).notes.map(({ id }) => id)).toContain(mistaken.id);
  });

  test.each([
    [{ kind: 'note' }, /^The field text is invalid: .*a note needs a text/],
    [{ kind: 'note', text: ' \n ' }, /^The field text is invalid: .*a note needs a text/],
    [{ kind: 'assigned' }, /^The field kind is invalid: it must be one of note, called/],
    [
      { kind: 'note', text: 'x'.repeat(2_001) },
      'The field text is invalid: its length must be at most 2000.',
    ],
    [{ kind: 'called', at: march(1) }, 'The body must not contain the field "at".'],
  ])('with %j is refused', async (body, detail) => {
    const before = await history();
    expectRefusal(await noted(body), detail);
    expectRefusal(await noted({ kind: 'called' }, ' '), /^The header idempotency-key is invalid/);
    expect(await history()).toEqual(before);
  });

  test('of no transaction, or of one of another team, is refused', async () => {
    const elsewhere = api.as({ teamId: 'another' });
    const nowhere = `/v1/transactions/${transactionId(99)}/notes`;
    const body = { kind: 'called' };
    for (const { status } of [
      await api.ask('POST', nowhere, { body }),
      await api.get(nowhere),
      await elsewhere.ask('POST', NOTES, { body }),
      await elsewhere.get(NOTES),
      await elsewhere.put(`${URL}/assignment`, { assignee: 'x' }),
    ])
      expect(status).toBe(404);
  });

  test('that the patient could not be reached shows in the transaction and the lists until one that was', async () => {
    const unreached = async () => [
      (await api.get(URL)).json.reach,
      (await listed('reach=could_not_be_reached')).length,
    ];
    await noted({ kind: 'unreachable' });
    expect(await unreached()).toEqual(['could_not_be_reached', 1]);
    await noted({ kind: 'note', text: 'Asked the clinic for another number.' });
    expect(await unreached()).toEqual(['could_not_be_reached', 1]);
    await noted({ kind: 'booked' });
    expect(await unreached()).toEqual(['told', 0]);
  });
});

describe('the history', () => {
  test('keeps the notes of acknowledgements that were replaced or released, page by page', async () => {
    await api.put(ACKNOWLEDGEMENT, { by: 'ops', note: 'first' });
    api.now = new Date(Number(api.now) + MINUTE);
    await api.put(ACKNOWLEDGEMENT, { by: 'ops', note: 'second' });
    // In the same moment, the order is that of the writes.
    await api.ask('DELETE', `${ACKNOWLEDGEMENT}?by=ops`);
    const pages = [await history(`${NOTES}?limit=2`)];
    pages.push(await history(`${NOTES}?limit=1&cursor=${pages[0]?.next_cursor}`));
    expect(pages.map(({ notes }) => notes.map(({ kind, text }) => [kind, text]))).toEqual([
      [
        ['released', null],
        ['acknowledged', 'second'],
      ],
      [['acknowledged', 'first']],
    ]);
    const { notes: whole } = await history(`${NOTES}?limit=100`);
    expect((await history(`${NOTES}?limit=${whole.length}`)).next_cursor).toBeNull();
  });

  test('moves with the order from the transaction that it was alone in', async () => {
    const alone = walkIn(7, [event(1, 'ordered', march(1))], { order_transaction: null });
    await api.deliver(alone);
    await api.ask('POST', `/v1/transactions/${orderId(7)}/notes`, { body: { kind: 'note', text: 'early' } });
    await api.deliver(
      walkIn(7, [event(1, 'ordered', march(1)), event(2, 'requisition_created', march(2))], {
        order_transaction: transaction(7, 'active', []),
      }),
    );
    const { notes } = await history(`/v1/transactions/${transactionId(7)}/notes`);
    expect(notes).toMatchObject([{ text: 'early', transaction_id: orderId(7) }]);
  });
});

describe('an owner', () => {
  const owned = (assignee: string, more: Json = {}) => api.put(`${URL}/assignment`, { assignee, ...more });

  test('with a later follow-up takes the redraw off the list, until then', async () => {
    const at = new Date(Number(api.now) + 10 * MINUTE).toISOString();
    const { json } = await owned('Nurse Kim', { follow_up_at: at });
    expect(json.assignment).toMatchObject({
      assignee: 'Nurse Kim',
      follow_up_at: at.replace('Z', '000Z'),
      by: 'program',
    });
    const lists = async () => [
      (await listed('')).length,
      (await listed('state=stale&follow_up=any')).length,
      (await listed('follow_up=any')).length,
      (await listed('follow_up=later&assignee=nurse%20kim')).length,
      (await listed('follow_up=any&assigned=false')).length,
    ];
    expect(await lists()).toEqual([0, 0, 1, 1, 0]);
    api.now = new Date(Number(api.now) + 10 * MINUTE);
    expect(await lists()).toEqual([1, 0, 1, 0, 0]);
  });

  test('and every change of it is in the history, with who made it', async () => {
    const olivia = asOlivia();
    await owned('Nurse Kim');
    await olivia.put(`${URL}/assignment`, { assignee: 'olivia' });
    expect((await olivia.put(`${URL}/assignment`, { assignee: 'olivia', by: 'kim' })).status).toBe(403);
    const { json } = await olivia.ask('DELETE', `${URL}/assignment`);
    expect(json.assignment).toBeNull();
    const { notes } = await history(`${NOTES}?limit=3`);
    expect(notes.map(({ kind, assignee, by }) => [kind, assignee, by])).toEqual([
      ['unassigned', null, 'olivia'],
      ['assigned', 'olivia', 'olivia'],
      ['follow_up_changed', 'Nurse Kim', 'program'],
    ]);
  });

  test('that somebody else has set meanwhile is not replaced by a request that names another one', async () => {
    const olivia = asOlivia();
    const replacing = (replaces: string | null, assignee = 'program') =>
      olivia.put(`${URL}/assignment`, { assignee, replaces });
    const removing = (replaces: string) => api.ask('DELETE', `${URL}/assignment?replaces=${replaces}`);
    const timeOf = (json: Json) => (json.assignment as { at: string }).at;
    const first = timeOf((await owned('Nurse Kim', { replaces: null })).json);
    const taken = `program assigned it to Nurse Kim at ${first}. Nothing was changed.`;
    expectRefusal(await replacing(null), taken, 409);
    expectRefusal(await replacing(march(1)), taken, 409);
    expectRefusal(await removing(march(1)), taken, 409);
    api.now = new Date(Number(api.now) + MINUTE);
    olivia.now = api.now;
    const second = timeOf((await replacing(first, 'Day shift')).json);
    // An answer that was lost: repeating the request changes nothing.
    expect(timeOf((await replacing(first, 'Day shift')).json)).toBe(second);
    expectRefusal(await removing(first), /^olivia assigned it to Day shift at /, 409);
    expect((await removing(second)).status).toBe(200);
    expect((await removing(second)).status).toBe(200);
    expectRefusal(await replacing(second), /^program removed the owner at /, 409);
    expect((await replacing(null)).status).toBe(200);
    // Without it, a request replaces whatever there is.
    expect((await owned('Nurse Kim')).status).toBe(200);
    expect((await api.ask('DELETE', `${URL}/assignment`)).json.assignment).toBeNull();
  });

  test.each([
    [{}, 'The field assignee is invalid: it is missing.'],
    [{ assignee: ' ' }, 'The field assignee is invalid: its length must be at least 1.'],
    [{ assignee: 'a\nb' }, 'The field assignee is invalid: it must be one line of visible text.'],
    [
      { assignee: 'x', follow_up_at: 'tomorrow' },
      'The field follow_up_at is invalid: it is not a date-time.',
    ],
    [{ assignee: 'x', replaces: 'now' }, 'The field replaces is invalid: it is not a date-time.'],
    [{ assignee: 'x', follow_up_at: march(1) }, /^The follow-up is in the past/],
    [
      { assignee: 'x', follow_up_at: march(1).replace('2026', '2027') },
      /^The follow-up is more than 90 days/,
    ],
  ])('as %j is refused', async (body, detail) => {
    expectRefusal(await api.put(`${URL}/assignment`, body), detail);
  });
});
