import type { Order } from '../api/answers.ts';
import { statusText } from '../wording/status.ts';

type Evidence = Order['draw_evidence'][number];

/** Why the sample counts as drawn, and when we learned that; null without a sign, as while the order is loading. */
export function drawnBecause(order: Order | undefined): string | null {
  const evidence = order?.draw_evidence ?? [];
  const [first] = evidence;
  if (!order || !first) return null;
  const learned = learnedText(first);
  return `${signText(first, order)}${learned && `, ${learned}`}`;
}

function signText({ sign, status, at }: Evidence, order: Order): string {
  const on = at === null ? '' : ` ${day(at)}`;
  switch (sign) {
    case 'result_dates':
      return datesText(order);
    case 'status':
      return `${statusText(status)}${on}`;
    case 'appointment':
      return `Appointment completed${on}`;
    case 'critical_result':
      return `Critical result${on}`;
  }
}

function datesText({ expected_result_by_date: expected, worst_case_result_by_date: worst }: Order): string {
  if (expected === null || worst === null || expected === worst)
    return `Results due ${day(expected ?? worst)}`;
  return `Results due ${day(expected)}, ${day(worst)} at the latest`;
}

function learnedText({ learned_at, learned_from }: Evidence): string {
  if (learned_at === null) return '';
  return `learned ${day(learned_at)} from ${learned_from === 'api' ? 'Junction’s API' : 'a webhook'}`;
}

const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const wholeDay = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });

/** A date stays the day that it names in every time zone. */
function day(at: string | null): string {
  if (at === null) return '';
  return /^\d{4}-\d{2}-\d{2}(T00:00:00\.000000Z)?$/.test(at)
    ? wholeDay.format(Date.parse(at))
    : date.format(Date.parse(at));
}
