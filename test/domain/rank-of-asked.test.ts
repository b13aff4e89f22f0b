import { describe, expect, test } from 'vitest';
import type { OrderFacts } from '../../core/domain/order/order-record.ts';
import { rankOf } from '../../core/domain/order/rank.ts';
import { at, event, orderId, snapshot } from './order-records.ts';

const facts = (events: number, fields: Parameters<typeof snapshot>[0] = {}): Omit<OrderFacts, 'rank'> => ({
  id: orderId(1),
  snapshot: snapshot(fields),
  events: Array.from({ length: events }, (_, n) => event(5, 's', n, String(n))),
  futureEvents: [],
  siblings: [],
  transactionIds: [],
  clientUsers: [],
});
/** The greatest and the least that a digest could be: it decides only where nothing else does. */
const [greatest, least] = [() => '~', () => ' '];

describe('what was asked for', () => {
  test('is newer than what came by itself and is alike, whatever their digests', () => {
    expect(rankOf(facts(1), least, at(9)) > rankOf(facts(1), greatest)).toBe(true);
    expect(rankOf(facts(1), least, at(9)) > rankOf(facts(1), greatest, at(8))).toBe(true);
  });

  test('is older than what shows more', () => {
    expect(rankOf(facts(1), greatest, at(9)) < rankOf(facts(2), least)).toBe(true);
    expect(rankOf(facts(1), greatest, at(9)) < rankOf(facts(1, { updated_at: at(1) }), least)).toBe(true);
  });
});

test('ten events are more than nine', () => {
  expect(rankOf(facts(9), greatest) < rankOf(facts(10), least)).toBe(true);
});

test('the digest is of the same text in whatever order its fields came', () => {
  const texts: string[] = [];
  const note = (text: string) => String(texts.push(text));
  const fields = { team_id: 't', user_id: 'u' };
  rankOf(facts(1, fields), note);
  const { snapshot: one, ...rest } = facts(1, fields);
  const turned = Object.fromEntries(Object.entries(one).reverse()) as unknown as typeof one;
  rankOf({ ...rest, snapshot: turned }, note);
  expect(texts[0]).toBe(texts[1]);
  expect(Object.keys(JSON.parse(texts[0] ?? ''))).toEqual(Object.keys(one).sort());
});
