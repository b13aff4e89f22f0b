import type { Transaction } from '../api/answers.ts';
import { duration } from '../time/format.ts';
import type { LearnedFrom } from './entries.ts';
import type { Lane } from './lanes.ts';

type Explanation = NonNullable<Transaction['explanation']>;
type ExplainedOrder = Explanation['orders'][number];
export type Lost = ExplainedOrder['lost'][number];

/** Classes of orders in the truth table of the transaction's status. */
export const CLASSES: Readonly<Record<ExplainedOrder['class'], string>> = {
  P: 'in progress',
  C: 'completed',
  R: 'redraw available',
  X: 'cancelled',
  F: 'failed',
};

export const SLOTS: Readonly<Record<ExplainedOrder['slot'], string>> = {
  initial: 'Counts as the initial order',
  redraw: 'Counts as the redraw order',
  replaced: 'Replaced by a recreation',
  not_counted: 'Not counted: another order takes its place',
};

const WHY_LOST: Readonly<Record<Lost['why'], string>> = {
  older: 'it’s older',
  earlier_stage: 'same time, but an earlier step',
  from_another_order: 'same time and step, but reported by another order',
  tie: 'an exact tie; the first in alphabetical order counts',
};

/** Why a report doesn't count. */
export function whyLost({ why }: Lost): string {
  return WHY_LOST[why];
}

/** Where a report came from: "its own events", "the redraw order". */
export function sourceText(
  { source, reported_by }: Pick<Lost, 'source' | 'reported_by'>,
  lanes: readonly Lane[],
): string {
  return source === 'own' ? 'its own events' : namesOf(reported_by, lanes);
}

/** Orders by name: "the initial order and the redraw order". */
export function namesOf(orderIds: readonly string[], lanes: readonly Lane[]): string {
  const names = orderIds.map((id) => {
    const lane = lanes.find(({ orderId }) => orderId === id);
    return lane ? `the ${lane.name.charAt(0).toLowerCase()}${lane.name.slice(1)}` : `order ${id}`;
  });
  return list.format(names);
}

const list = new Intl.ListFormat('en');

/** How we learned of an entry. `expected`: nothing unusual. */
export function learnedText(
  learned: LearnedFrom,
  lanes: readonly Lane[],
): { text: string; expected: boolean } {
  switch (learned.how) {
    case 'webhook':
      return { text: 'Webhook', expected: true };
    case 'registration':
      return { text: 'Your system', expected: true };
    case 'sibling':
      return { text: `From ${namesOf(learned.from, lanes)}`, expected: false };
    case 'later_webhook':
      return { text: 'A later webhook', expected: false };
    case 'api':
      return {
        text: learned.unreported ? 'Junction’s API, no webhook' : 'Junction’s API',
        expected: !learned.unreported,
      };
    case 'unreported':
      return { text: 'No webhook', expected: false };
  }
}

/** "received 3 minutes later"; null under a minute. */
export function delayText(at: string, learnedAt: string): string | null {
  const delay = Date.parse(learnedAt) - Date.parse(at);
  return delay < 60_000 ? null : `received ${duration(delay)} later`;
}
