/** Wrong facts, and the right facts that must replace them. Anna and Bert are two patients. */
import {
  answered,
  delivered,
  event,
  fullStatus,
  listed,
  march,
  orderId,
  registered,
  transaction,
  walkIn,
} from '../../oracle/bodies.ts';
import type { Fact } from '../../oracle/reading/facts.ts';
import type { Json } from '../../oracle/reading/spelling.ts';
import { available, ordered, requisition, type SmallJourney } from './journey-parts.ts';

const ANNA = { user_id: 'anna' };
const BERT = { user_id: 'bert' };

/** Order `n` with these events, in a transaction that lists these orders. */
function sent(n: number, events: Json[], of: number | null, who: Json, orders: Json[] = []): Fact {
  const named = of === null ? {} : { order_transaction: transaction(of, 'active', orders) };
  return delivered(walkIn(n, events, { ...named, ...who }));
}

const redraw = { origin: 'redraw', parent_id: orderId(1) };
const redrawListed = (n: number, at: string | null = null) => listed(n, 'ordered', at, redraw);

/** A test kit with one event. */
function kit(n: number, low: string, day: number, who: Json): Fact {
  const status = fullStatus(low, 'testkit');
  return delivered(
    walkIn(n, [{ id: day, created_at: march(day), status }], {
      details: { type: 'testkit' },
      order_transaction: transaction(1, 'active', []),
      ...who,
    }),
  );
}

const asked = (expected: string, day: number) =>
  answered(
    walkIn(1, [ordered], {
      expected_result_by_date: expected,
      order_transaction: transaction(1, 'active', []),
      ...ANNA,
    }),
    march(day),
  );

export const WRONG_FACTS: SmallJourney[] = [
  {
    name: "registered in another patient's transaction, then correct webhooks and a correct registration",
    facts: [
      registered(1, 2, march(1)),
      sent(2, [ordered], 2, BERT),
      sent(1, [ordered], null, ANNA),
      sent(1, [ordered, available], 1, ANNA, [redrawListed(3, march(7))]),
      registered(1, 1, march(2)),
      sent(3, [event(11, 'ordered', march(7))], null, { ...ANNA, ...redraw }),
    ],
  },
  {
    name: 'registered for the wrong patient, then for the right one',
    facts: [
      registered(1, 1, march(1), { userId: 'bert', clientUserId: 'b' }),
      registered(1, 1, march(2), { userId: 'anna', clientUserId: 'a' }),
      registered(2, 1, march(3), { userId: 'bert', clientUserId: 'b' }),
      sent(1, [ordered], null, ANNA),
      sent(2, [ordered], 2, BERT),
    ],
  },
  {
    name: "a list that contains another patient's order for a while, and lists of others that disagree",
    facts: [
      sent(2, [ordered], 2, BERT, [listed(1, 'ordered', march(1))]),
      sent(2, [ordered, requisition], 2, BERT),
      sent(1, [ordered], null, ANNA),
      sent(3, [event(11, 'ordered', march(7))], 1, { ...ANNA, ...redraw }, [listed(1, 'ordered', march(1))]),
      sent(1, [ordered, available], 1, ANNA),
      sent(4, [event(21, 'ordered', march(3))], 3, ANNA, [redrawListed(3, march(2))]),
    ],
  },
  {
    name: 'an order that moves to another transaction and back, while its redraw stays',
    facts: [
      sent(1, [ordered], 1, ANNA),
      sent(1, [ordered, requisition], 2, ANNA),
      sent(1, [ordered, requisition, available], 1, ANNA, [redrawListed(2)]),
      sent(2, [event(11, 'ordered', march(7))], 2, { ...ANNA, ...redraw }, [
        listed(1, 'completed', march(8)),
      ]),
      sent(2, [event(11, 'ordered', march(7)), event(12, 'completed', march(9))], null, {
        ...ANNA,
        ...redraw,
      }),
    ],
  },
  {
    name: 'orders of two patients in one transaction, one of which turns out to belong to the first patient',
    facts: [
      sent(1, [ordered, available], 1, ANNA, [redrawListed(2)]),
      sent(2, [event(11, 'ordered', march(7))], 1, { ...BERT, ...redraw }, [
        listed(1, 'cancelled', march(9)),
      ]),
      sent(2, [event(11, 'ordered', march(7)), event(12, 'completed', march(9))], 1, { ...ANNA, ...redraw }),
      sent(3, [event(21, 'ordered', march(8))], 1, { ...BERT, origin: 'redraw' }, [redrawListed(4)]),
      sent(3, [event(21, 'ordered', march(8)), requisition], 3, { ...BERT, origin: 'redraw' }),
      sent(4, [event(31, 'lost', march(8))], null, { user_id: null }),
    ],
  },
  {
    name: 'the initial order turns out to belong to another patient than its redraw',
    facts: [
      sent(2, [event(11, 'ordered', march(7))], 1, { ...BERT, ...redraw }),
      sent(1, [ordered], 1, BERT),
      sent(1, [ordered, available], 1, ANNA),
      sent(3, [event(21, 'ordered', march(2))], 1, { ...ANNA, ...redraw }),
      registered(4, 1, march(3), { userId: 'anna' }),
    ],
  },
  {
    name: 'test kits that change their user, and an order that must not',
    facts: [
      kit(1, 'ordered', 1, { user_id: 'shop' }),
      kit(1, 'registered', 5, ANNA),
      kit(2, 'ordered', 6, { user_id: 'shop', origin: 'recreation' }),
      kit(2, 'registered', 7, { ...ANNA, origin: 'recreation' }),
      sent(3, [event(31, 'ordered', march(3))], 1, { user_id: 'shop', origin: 'redraw' }),
    ],
  },
  {
    name: 'API answers that differ from webhooks and from each other only in a date',
    facts: [
      sent(1, [ordered], 1, { ...ANNA, expected_result_by_date: '2026-03-07' }),
      asked('2026-03-08', 3),
      asked('2026-03-09', 4),
      sent(1, [ordered], 1, { ...ANNA, updated_at: march(9) }),
      sent(1, [ordered, available], 1, { ...ANNA, user_id: null }),
    ],
  },
  {
    name: 'an updated_at from a clock that is days ahead',
    facts: [
      delivered(walkIn(1, [ordered], { ...ANNA, updated_at: march(20) }), march(2)),
      delivered(walkIn(1, [ordered], { ...ANNA, updated_at: march(3), has_missing_results: true }), march(3)),
      delivered(walkIn(1, [ordered], { ...ANNA, updated_at: march(20) }), march(21)),
    ],
  },
];
