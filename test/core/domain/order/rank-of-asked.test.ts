import { describe, expect, test } from 'vitest';
import type { OrderFacts } from '../../../../core/domain/order/order-record.ts';
import { isSameAnswer, rankOf } from '../../../../core/domain/order/rank.ts';
import { at, event, orderId, snapshot } from '../order-records.ts';

type Fields = Parameters<typeof snapshot>[0];

const facts = (events: number, fields: Fields = {}): Omit<OrderFacts, 'rank'> => ({
  id: orderId(1),
  receivedAt: at(9),
  snapshot: snapshot(fields),
  events: Array.from({ length: events }, (_, n) => event(5, 's', n, String(n))),
  futureEvents: [],
  siblings: [],
  listings: [],
  transactionId: null,
  clientUser: null,
});
/** The least and the greatest possible digest, which decides only if nothing else does. */
const [greatest, least] = [() => '~', () => ' '];
const sent = (of: Omit<OrderFacts, 'rank'>, digest: () => string) =>
  rankOf(of, digest, { horizon: at(100), askedAt: null });
const asked = (second: number, of: Omit<OrderFacts, 'rank'>, digest: () => string) =>
  rankOf(of, digest, { horizon: at(100), askedAt: at(second) });

describe('an answer of the API', () => {
  test('is newer than every webhook with the same events', () => {
    expect(asked(9, facts(1), least) > sent(facts(1), greatest)).toBe(true);
    expect(asked(9, facts(1), least) > sent(facts(1, { updated_at: at(50) }), greatest)).toBe(true);
  });

  test('is newer than an earlier answer with the same events', () => {
    expect(asked(9, facts(1), least) > asked(8, facts(1, { updated_at: at(50) }), greatest)).toBe(true);
  });

  test('is older than a payload with more events', () => {
    expect(asked(9, facts(1), greatest) < sent(facts(2), least)).toBe(true);
  });

  test('is the same as another one that differs only in the time of asking', () => {
    const same = () => 'digest';
    expect(isSameAnswer(asked(8, facts(1), same), asked(9, facts(1), same))).toBe(true);
    expect(
      isSameAnswer(
        asked(8, facts(1), same),
        asked(9, facts(1), () => 'other'),
      ),
    ).toBe(false);
    expect(isSameAnswer(asked(8, facts(1), same), asked(9, facts(2), same))).toBe(false);
    expect(isSameAnswer(sent(facts(1), same), asked(9, facts(1), same))).toBe(false);
  });
});

test('an updated_at after the horizon is ignored', () => {
  const at99 = facts(1, { updated_at: at(99) });
  const wrong = facts(1, { updated_at: at(101) });
  expect(sent(wrong, greatest) < sent(at99, least)).toBe(true);
});

test('ten events rank higher than nine', () => {
  expect(sent(facts(9), greatest) < sent(facts(10), least)).toBe(true);
});

test('the digest does not depend on the order of fields', () => {
  const texts: string[] = [];
  const note = (text: string) => String(texts.push(text));
  const by = { horizon: at(100), askedAt: null };
  const fields = { team_id: 't', user_id: 'u' };
  rankOf(facts(1, fields), note, by);
  const { snapshot: one, ...rest } = facts(1, fields);
  const turned = Object.fromEntries(Object.entries(one).reverse()) as unknown as typeof one;
  rankOf({ ...rest, snapshot: turned }, note, by);
  expect(texts[0]).toBe(texts[1]);
});
