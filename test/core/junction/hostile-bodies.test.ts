import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWebhook, type WebhookMessage } from '../../../core/junction/webhook-message.ts';
import {
  enveloped,
  event,
  listed,
  march,
  orderId,
  transaction,
  walkIn,
} from '../../../tools/verification/oracle/bodies.ts';
import { holdsFor } from '../../property.ts';

const read = (body: string): WebhookMessage => readWebhook(body, '2026-06-01T00:00:00.000000Z');

const order = walkIn(1, [event(1, 'ordered', march(1))], {
  order_transaction: transaction(1, 'active', [listed(2, 'ordered', march(1))]),
});
const MIB = 1_048_576;

/** A valid webhook in which one value, anywhere, is replaced by another. */
const almostAnOrder = fc.tuple(fc.nat(), fc.jsonValue({ maxDepth: 3 })).map(([place, value]) => {
  const body = JSON.parse(JSON.stringify(enveloped(order)));
  const places = placesIn(body);
  places[place % places.length]?.(value);
  return JSON.stringify(body);
});

function placesIn(value: unknown): ((replacement: unknown) => void)[] {
  if (typeof value !== 'object' || value === null) return [];
  const container = value as Record<string, unknown>;
  return Object.keys(container).flatMap((key) => [
    (replacement: unknown) => {
      container[key] = replacement;
    },
    ...placesIn(container[key]),
  ]);
}

describe('reading never throws', () => {
  test('for any text', () => {
    holdsFor(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(read(text).kind).toMatch(/^(unintelligible|untracked)$/);
      }),
    );
  });

  test('for any JSON', () => {
    holdsFor(
      fc.property(fc.json(), (text) => {
        expect(read(text).kind).toMatch(/^(unintelligible|untracked)$/);
      }),
      { numRuns: 300 },
    );
  });

  test('for any value in one place of an order', () => {
    holdsFor(
      fc.property(almostAnOrder, (text) => {
        expect(read(text).kind).toMatch(/^(order|unintelligible|untracked)$/);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ['deep lists', '['.repeat(MIB / 2) + ']'.repeat(MIB / 2)],
    ['deeply nested objects', `${'{"data":'.repeat(MIB / 10)}1${'}'.repeat(MIB / 10)}`],
    [
      'deeply nested data of an order',
      `{"event_type":"labtest.order.updated","data":${'['.repeat(400_000)}${']'.repeat(400_000)}}`,
    ],
    ['wide lists', `{"id":"${orderId(1)}","events":[${'0,'.repeat(MIB / 2 - 100)}0]}`],
    ['wide objects', `{"id":"${orderId(1)}","events":[${'{},'.repeat(MIB / 3 - 100)}{}]}`],
    ['many invalid event ids', `{"id":"${orderId(1)}","events":[${'{"id":{}},'.repeat(100_000)}{}]}`],
    ['many keys', `{${Array.from({ length: 80_000 }, (_, n) => `"k${n}":0`).join()}}`],
    ['a long number', `{"id":${'9'.repeat(MIB - 10)}}`],
    [
      'a long path of dots',
      JSON.stringify({ ...order, events: [{ id: 1, created_at: march(1), status: '.'.repeat(900_000) }] }),
    ],
  ])('for a body of one mebibyte: %s', (_, body) => {
    const message = read(body);
    expect(message.kind).toBe('unintelligible');
    expect(message.kind === 'unintelligible' && message.reason.length).toBeLessThanOrEqual(1_000);
  });

  test.each([
    ['a deeply nested field', `${'['.repeat(400_000)}${']'.repeat(400_000)}`],
    ['a long string', JSON.stringify('x'.repeat(MIB - 2_000))],
    ['a long list of markers', `[${'{"slug":{}},'.repeat(900)}{}]`],
  ])('for a body of one mebibyte in which an optional field cannot be read: %s', (_, value) => {
    const field = value.startsWith('[{') ? 'missing_results' : 'origin';
    const message = read(`{"id":"${orderId(1)}","${field}":${value}}`);
    expect(message).toMatchObject({ kind: 'order', unreadable: [expect.stringContaining(`order.${field}`)] });
  });

  test('a thousand events are accepted for one order, more are not', () => {
    const many = (length: number) =>
      Array.from({ length }, (_, n) => ({
        id: n,
        created_at: march(1),
        status: `received.walk_in_test.${n}`,
      }));
    expect(read(JSON.stringify(walkIn(1, many(1_000)))).kind).toBe('order');
    expect(read(JSON.stringify(walkIn(1, many(1_001))))).toEqual({
      kind: 'unintelligible',
      reason: 'order.events: too long a list',
    });
  });
});

describe('names with a meaning in JavaScript', () => {
  const poisons = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];

  test.each(poisons)('%s as a key has no effect', (key) => {
    const poison = `"${key}":{"polluted":true,"origin":"redraw","status":"cancelled","id":"${orderId(9)}"},`;
    const clean = JSON.stringify(enveloped(order));
    const poisoned = clean.replaceAll('{', `{${poison}`);
    expect(JSON.parse(poisoned)).toBeTruthy();
    expect(read(poisoned)).toEqual(read(clean));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test.each(poisons)('%s as a value is ordinary text', (word) => {
    const body = walkIn(1, [{ id: word, created_at: march(1), status: word }], {
      origin: word,
      user_id: word,
      status: word,
      order_transaction: transaction(1, word, [listed(2, word, march(1), { origin: word })]),
    });
    const message = read(JSON.stringify(body));
    expect(message).toMatchObject({
      kind: 'order',
      facts: { events: [{ id: word, status: word }], snapshot: { origin: word, report: { status: word } } },
    });
    expect(read(JSON.stringify({ event_type: word, data: body }))).toEqual({ kind: 'untracked' });
  });
});

describe('the reason why a body cannot be read', () => {
  const CANARY = 'CANARY';

  test('contains no value from the body', () => {
    const value = fc.constantFrom<unknown>(
      CANARY,
      { [CANARY]: CANARY },
      [CANARY],
      [{ [CANARY]: 1 }],
      `${CANARY}\ud800`,
    );
    const told = fc.tuple(fc.nat(), value, fc.constantFrom('order', 'appointment', 'result', 'match_review'));
    const types = {
      order: 'labtest.order.updated',
      appointment: 'labtest.appointment.created',
      result: 'labtest.result.critical',
      match_review: 'labtest.match_review.updated',
    };
    holdsFor(
      fc.property(told, ([place, planted, kind]) => {
        const body = JSON.parse(JSON.stringify(enveloped(order, { event_type: types[kind] })));
        const places = placesIn(body);
        places[place % places.length]?.(planted);
        const message = read(JSON.stringify(body));
        if (message.kind === 'unintelligible') expect(message.reason).not.toContain(CANARY);
      }),
      { numRuns: 1_000 },
    );
  });

  test('contains nothing of a text that is not JSON', () => {
    expect(read(`${CANARY} is the patient's name`)).toEqual({
      kind: 'unintelligible',
      reason: 'body: not JSON',
    });
  });
});
