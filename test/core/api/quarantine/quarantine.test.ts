import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseInstant } from '../../../../core/domain/instant.ts';
import { quarantine } from '../../../../core/store/quarantine/quarantine.ts';
import { storeReplayOutcome } from '../../../../core/store/quarantine/quarantine-reading.ts';
import { event, march, orderId, walkIn } from '../../../../tools/verification/oracle/bodies.ts';
import { QueryApi } from '../scene/query-api.ts';

let api: QueryApi;
beforeAll(async () => {
  api = await QueryApi.open();
});
afterAll(() => api.close());

interface Head {
  readonly id: string;
  readonly replayed_at: string | null;
  readonly replay_outcome: string | null;
}

/** A body that an earlier version could not read and this one can, quarantined as that version would have. */
async function quarantined(body: unknown, receivedAt = new Date()): Promise<string> {
  const { id } = await quarantine(api.table, {
    body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
    reason: 'order.id: not a UUID',
    receivedAt: parseInstant(receivedAt.toISOString()) ?? '',
    retentionDays: 90,
  });
  return id;
}

async function heads(query = ''): Promise<{ quarantined: Head[]; next_cursor: string | null }> {
  const { status, json } = await api.get(`/v1/quarantine${query}`);
  expect(status).toBe(200);
  return json as unknown as { quarantined: Head[]; next_cursor: string | null };
}

const headOf = async (id: string) =>
  (await heads('?limit=100')).quarantined.find((one) => one.id === id) ?? null;
const replay = (id: string) => api.ask('POST', `/v1/quarantine/${id}/replay`);
const order = (n: number) =>
  walkIn(n, [event(1, 'ordered', march(1))], { created_at: march(1), updated_at: march(1) });

describe('the list', () => {
  test('is newest first, in pages, and without bodies', async () => {
    const ids: string[] = [];
    for (let minute = 0; minute < 5; minute += 1) {
      ids.unshift(
        await quarantined({ secret: 'Jane Roe', minute }, new Date(Date.UTC(2026, 0, 1, 0, minute))),
      );
    }
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await heads(`?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
      expect(page.quarantined.length).toBeLessThanOrEqual(2);
      expect(JSON.stringify(page)).not.toContain('Jane');
      found.push(...page.quarantined.map(({ id }) => id));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(found).toEqual(ids);
    expect(await headOf(ids[4] ?? '')).toEqual({
      id: ids[4],
      message_id: null,
      event_type: null,
      order_id: null,
      order_transaction_id: null,
      user_id: null,
      reason: 'order.id: not a UUID',
      size: 32,
      replayed_at: null,
      replay_outcome: null,
      dismissal: null,
      received_at: '2026-01-01T00:00:00.000000Z',
      expires_at: '2026-04-01T00:00:00.000000Z',
    });
  });
});

describe('a replay', () => {
  test('of a body that can be read now processes it as a webhook, once', async () => {
    const id = await quarantined(order(1));
    expect(await replay(id)).toMatchObject({ status: 200, json: { id, outcome: 'applied', reason: null } });
    await api.settle();
    expect((await api.get(`/v1/transactions/${orderId(1)}`)).json).toMatchObject({ status: 'active' });
    const noted = await headOf(id);
    expect(noted).toMatchObject({ replay_outcome: 'applied', replayed_at: expect.any(String) });
    const before = (await api.get(`/v1/orders/${orderId(1)}`)).json;
    expect(await replay(id.toUpperCase())).toMatchObject({ status: 200, json: { outcome: 'duplicate' } });
    expect((await api.get(`/v1/orders/${orderId(1)}`)).json).toEqual(before);
    expect(await headOf(id)).toEqual(noted);
  });

  test('of a body that still cannot be read leaves it in quarantine with the reason', async () => {
    const { outcome } = await api.take('{"event_type":"labtest.order.updated","data":{"id":"x"}}');
    expect(outcome).toBe('quarantined');
    const [head] = (await heads()).quarantined;
    const id = head?.id ?? '';
    expect((await replay(id)).json).toMatchObject({
      id,
      outcome: 'quarantined',
      reason: expect.stringContaining('order.id'),
    });
    expect((await replay(id)).status).toBe(200);
    expect(await headOf(id)).toMatchObject({ replay_outcome: 'quarantined', id });
  });

  test('processes it once if it runs several times concurrently', async () => {
    const id = await quarantined(order(2));
    const answers = await Promise.all(Array.from({ length: 6 }, () => replay(id)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(answers.filter(({ json }) => json.outcome === 'applied')).toHaveLength(1);
    expect(await headOf(id)).toMatchObject({ replayed_at: expect.any(String) });
  });

  test('of a body that could not be parsed and was redelivered since removes it from the waiting list', async () => {
    const id = await quarantined(order(5));
    await storeReplayOutcome(api.table, id, march(2), 'quarantined');
    await api.deliver(order(5));
    expect((await replay(id)).json).toMatchObject({ outcome: 'duplicate' });
    expect(await headOf(id)).toMatchObject({ replay_outcome: 'duplicate' });
  });

  test('of a body stored in several parts joins them', async () => {
    const id = await quarantined(
      Buffer.concat([Buffer.from('not JSON '), Buffer.from(randomBytes(500_000).toString('hex'))]),
    );
    expect((await replay(id)).json).toMatchObject({ outcome: 'quarantined', reason: 'body: not JSON' });
  });

  test('answers 404 for an unknown id and 400 for an invalid one', async () => {
    expect(await replay('0'.repeat(40))).toMatchObject({ status: 404, json: { title: 'Not Found' } });
    for (const id of ['0', 'g'.repeat(40), '0'.repeat(41), '%F0%9F%98%80', '..%2F..']) {
      expect(await replay(id)).toMatchObject({
        status: 400,
        json: { detail: 'The id in the path is invalid: it must be 40 hexadecimal digits.' },
      });
    }
    expect(api.faults).toEqual([]);
  });
});

describe('a dismissal', () => {
  const waiting = async () => (await heads('?limit=100&state=waiting')).quarantined.map(({ id }) => id);
  const dismiss = (id: string, body: object = { note: 'A manual test.', by: 'max' }) =>
    api.ask('PUT', `/v1/quarantine/${id}/dismissal`, { body });

  test('takes a webhook off the waiting list with who, when and why; repeating it changes nothing', async () => {
    const id = await quarantined({ not: 'an order' });
    expect(await waiting()).toContain(id);
    const { status, json } = await dismiss(id);
    const dismissal = {
      by: 'max',
      note: 'A manual test.',
      at: expect.any(String),
      caller: expect.any(Object),
    };
    expect([status, json]).toMatchObject([200, { id, dismissal }]);
    expect(await waiting()).not.toContain(id);
    expect(await dismiss(id)).toMatchObject({ status: 200, json });
    const other = await dismiss(id, { note: 'Another note.', by: 'max' });
    expect([other.status, other.json.detail]).toEqual([
      409,
      expect.stringMatching(/^max dismissed the webhook at /),
    ]);
    expect((await replay(id)).json).toMatchObject({ outcome: 'quarantined' });
    expect(await waiting()).not.toContain(id);
    expect((await heads('?state=dismissed')).quarantined).toMatchObject([{ id, dismissal }]);
  });

  test('is refused for a replayed webhook, an unknown id and an empty note', async () => {
    const id = await quarantined(order(3));
    await replay(id);
    const { status, json } = await dismiss(id);
    expect([status, json.detail]).toEqual([409, expect.stringContaining('with the outcome applied')]);
    expect(await dismiss('0'.repeat(40))).toMatchObject({ status: 404 });
    expect(await dismiss(id, { note: '  ' })).toMatchObject({ status: 400 });
    expect((await headOf(id)) as object).toMatchObject({ dismissal: null });
  });
});

describe('a replay of all webhooks with a reason', () => {
  const replays = (body: object) => api.ask('POST', '/v1/quarantine/replays', { body });

  test('replays 25 of them, reports each result, and continues where it stopped', async () => {
    const reason = 'data: changed';
    const ids: string[] = [];
    for (let n = 0; n < 26; n += 1) {
      const body = Buffer.from(n === 0 ? JSON.stringify(order(4)) : `not JSON ${n}`);
      const receivedAt = `2026-02-01T00:00:${String(n).padStart(2, '0')}.000000Z`;
      ids.push((await quarantine(api.table, { body, reason, receivedAt, retentionDays: 90 })).id);
    }
    api.audited.length = 0;
    const { status, json } = await replays({ reason });
    const [first, ...others] = json.results as { id: string }[];
    expect([status, first]).toEqual([
      200,
      { id: ids[0], status: 200, outcome: 'applied', reason: null, problem: null },
    ]);
    expect(others.map(({ id }) => id)).toEqual(ids.slice(1, 25));
    expect(others[0]).toMatchObject({ outcome: 'quarantined', reason: 'body: not JSON' });
    const entry = { action: 'quarantine.replay' };
    expect(api.audited).toMatchObject([
      { ...entry, outcome: 'started' },
      ...ids.slice(0, 25).map((quarantine_id) => ({ ...entry, quarantine_id, outcome: 'success' })),
    ]);
    const rest = await replays({ reason, cursor: json.next_cursor });
    expect(rest.json).toMatchObject({ results: [{ id: ids[25] }], next_cursor: null });
    expect((await replays({ reason: 'other', cursor: json.next_cursor })).status).toBe(400);
    expect((await replays({ reason: 'other' })).json).toEqual({ results: [], next_cursor: null });
  });
});
