/** The judge of publications on examples whose verdict is known. */
import { describe, expect, test } from 'vitest';
import {
  answered,
  delivered,
  event,
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../bodies.ts';
import type { Fact } from '../reading/facts.ts';
import type { Json } from '../reading/spelling.ts';
import { PublicationJudge } from './judge.ts';
import type { Publication } from './publication.ts';

const ordered = event(1, 'ordered', march(1));
const available = event(2, 'redraw_available', march(6));
const redraw = { origin: 'redraw', parent_id: orderId(1) };
const both = (low: string, at: string) => ({
  order_transaction: transaction(1, 'active', [
    listed(1, 'redraw_available', march(6)),
    listed(2, low, at, redraw),
  ]),
});
const alone = { order_transaction: transaction(1, 'active', [listed(1, 'redraw_available', march(6))]) };
const initial = (fields: Json) => delivered(walkIn(1, [ordered, available], { user_id: 'anna', ...fields }));
const redrawn = (fields: Json) =>
  delivered(
    walkIn(2, [event(11, 'ordered', march(7)), event(12, 'completed', march(12))], {
      user_id: 'anna',
      ...redraw,
      ...both('completed', march(12)),
      ...fields,
    }),
  );

const said = (type: string, status: string, outcome: string, more: object = {}): Publication => ({
  type,
  detail: {
    transaction_id: transactionId(1),
    status,
    outcome,
    team_id: null,
    user_id: 'anna',
    client_user_id: null,
    redraw: { order_id: orderId(2), available_at: march(6) },
    ...more,
  },
});
const complete = said('Transaction Completed', 'completed', 'results_complete');

function faultOf(publication: Publication, received: Fact[], coming: Fact[] = [], underway: string[] = []) {
  const { detail } = publication;
  const team_id = received.length > 0 ? '6353bcab-0000-4000-8000-000000000001' : null;
  const judge = new PublicationJudge([...received, ...coming]);
  return judge.faultOf({ ...publication, detail: { ...detail, team_id } }, received, new Set(underway));
}

describe('an end', () => {
  const listsCompleted = initial(both('completed', march(12)));

  test('is true if every order that decides has said it', () => {
    const whole = [listsCompleted, redrawn({ has_missing_results: false })];
    expect(faultOf(complete, whole)).toBeNull();
  });

  test('is false if an order that was named refutes it later', () => {
    const lacking = redrawn({ has_missing_results: true });
    expect(faultOf(complete, [listsCompleted], [lacking])).toMatch('was named before');
    expect(faultOf(complete, [listsCompleted], [redrawn({ has_missing_results: false })])).toBeNull();
    // Nobody ever learns the truth.
    expect(faultOf(complete, [listsCompleted])).toBeNull();
  });

  test('is false if what was received says otherwise, unless that has not reached the transaction', () => {
    const lacking = [listsCompleted, redrawn({ has_missing_results: true })];
    expect(faultOf(complete, lacking)).toMatch('was received before');
    const late = redrawn({ has_missing_results: true, updated_at: march(20) });
    const stale = [listsCompleted, redrawn({ has_missing_results: false, updated_at: march(13) }), late];
    expect(faultOf(complete, stale)).toMatch('was received before');
    expect(faultOf(complete, stale, [], [orderId(2)])).toBeNull();
  });

  test('is false if Junction took it back before', () => {
    const cancelled = event(3, 'cancelled', march(8));
    const cancelling = said('Transaction Cancelled', 'cancelled', 'cancelled', { redraw: null });
    const own = (events: Json[]) => walkIn(1, events, { user_id: 'anna', ...alone });
    const forged = delivered(own([ordered, cancelled]), march(9));
    expect(faultOf(cancelling, [forged])).toBeNull();
    expect(faultOf(cancelling, [forged, answered(own([ordered]), march(10))])).toMatch('received before');
  });
});

test('what is not said of the state of a transaction is not judged', () => {
  expect(faultOf(said('Insight Changed', 'active', 'in_progress'), [initial(alone)])).toBeNull();
  expect(faultOf({ type: 'Redraw Review', detail: {} }, [])).toBeNull();
});

test('news is judged with the patient that it names', () => {
  const news = said('Redraw Available', 'active', 'redraw_expected', { redraw: { order_id: null } });
  expect(faultOf(news, [initial(alone)])).toBeNull();
  const { detail } = news;
  const ofBert = { ...news, detail: { ...detail, user_id: 'bert' } };
  expect(faultOf(ofBert, [initial(alone)])).toMatch('received before');
});
