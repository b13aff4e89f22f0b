import { expect, test } from 'vitest';
import type { Redraw, Transaction } from '../../../../dashboard/src/api/answers.ts';
import { followUpBlockedReason } from '../../../../dashboard/src/handling/follow-up-blocked.ts';
import { transaction } from '../../transaction/sample-transaction.ts';

const acknowledgement = {} as Redraw['acknowledgement'];
const decision = (by: Redraw['acknowledgement'] = null) =>
  ({ reason: 'order_failed', acknowledgement: by }) as Transaction['decision'];
const order = (stalled_since: string | null) => ({ stalled_since }) as Transaction['open_order'];
const planned = { follow_up_at: '2026-03-13T08:00:00Z' } as Transaction['assignment'];

test.each([
  ['an open redraw', { redraw: { stage: 'drawn' } }, null],
  ['an open decision', { decision: decision() }, null],
  ['a recorded decision', { decision: decision(acknowledgement) }, /Nothing here needs follow-up/],
  ['a stalled order', { open_order: order('2026-03-04T08:00:00Z') }, null],
  ['an order on time', { open_order: order(null) }, /isn’t overdue, so it isn’t on a list/],
  ['an order on time whose follow-up was planned', { open_order: order(null), assignment: planned }, null],
  ['nothing', { open_order: null }, /Nothing here needs follow-up/],
  ['a critical result', { redraw: {}, critical_result: 'open' }, /Acknowledge the critical result first/],
] as const)('%s says why no follow-up can be planned: %s', (_, given, why) => {
  const because = followUpBlockedReason(transaction(given));
  if (why === null) expect(because).toBeNull();
  else expect(because).toMatch(why);
});
