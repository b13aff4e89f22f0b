/** Random stories of one redraw as Junction knows them, and what is true of the patient at each moment. */

import {
  AVAILABLE_AT,
  booking,
  initialAvailable,
  redrawAt,
} from '../../../../../test/core/use-cases/sweep/scene/redraw-bodies.ts';
import type { Random } from '../../../../../tools/sandbox/random.ts';
import { march, transactionId } from '../../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../../tools/verification/oracle/reading/spelling.ts';

export const HOUR = 3_600_000;
export const START = Date.parse(AVAILABLE_AT);

export type Phase =
  | 'available'
  | 'ordered'
  | 'requisition'
  | 'booked'
  | 'visit_cancelled'
  | 'drawn'
  | 'completed'
  | 'cancelled';

/** A change that Junction knows from `at` on. */
export interface Change {
  readonly at: number;
  readonly phase: Phase;
  readonly order: Json;
  readonly visit: Json | null;
  /** The start of the visit. */
  readonly startAt: number | null;
}

const NEXT: Readonly<Record<Phase, readonly (readonly [Phase, number])[]>> = {
  available: [
    ['ordered', 8],
    ['cancelled', 1],
  ],
  ordered: [
    ['requisition', 8],
    ['cancelled', 1],
  ],
  requisition: [
    ['booked', 5],
    ['drawn', 4],
    ['cancelled', 1],
  ],
  booked: [
    ['visit_cancelled', 4],
    ['drawn', 4],
    ['cancelled', 1],
  ],
  visit_cancelled: [
    ['booked', 3],
    ['drawn', 3],
    ['cancelled', 1],
  ],
  drawn: [['completed', 1]],
  completed: [],
  cancelled: [],
};

const STATUS: Readonly<Partial<Record<Phase, string>>> = {
  ordered: 'ordered',
  requisition: 'requisition_created',
  booked: 'appointment_scheduled',
  visit_cancelled: 'appointment_cancelled',
  completed: 'completed',
  cancelled: 'cancelled',
};

export const iso = (at: number) => new Date(at).toISOString();

/** Up to eight changes, hours to days apart. Some stories stop midway. */
export function redrawStory(random: Random): Change[] {
  const moments: [string, string][] = [];
  const story: Change[] = [
    { at: START, phase: 'available', order: initialAvailable(), visit: null, startAt: null },
  ];
  let fields: Json = { has_missing_results: false };
  while (story.length < 9 && random.chance(0.9)) {
    const last = story.at(-1);
    const choices = last ? NEXT[last.phase] : [];
    if (!last || choices.length === 0) break;
    const phase = random.weighted(choices);
    const at = last.at + random.int(1, random.pick([4, 40, 120])) * HOUR;
    const low = STATUS[phase];
    if (low) moments.push([low, iso(at)]);
    if (phase === 'drawn') fields = { ...fields, expected_result_by_date: iso(at + 72 * HOUR).slice(0, 10) };
    const startAt = phase === 'booked' ? at + random.int(2, 60) * HOUR : last.startAt;
    story.push({
      at,
      phase,
      startAt,
      order: redrawAt(moments, { ...fields, updated_at: iso(at) }),
      visit: visitOf(phase, at, startAt),
    });
  }
  return story;
}

function visitOf(phase: Phase, at: number, startAt: number | null): Json | null {
  if (phase !== 'booked' && phase !== 'visit_cancelled') return null;
  const status = phase === 'booked' ? 'scheduled' : 'cancelled';
  const state = phase === 'booked' ? {} : { status: 'cancelled', event_status: 'cancelled' };
  // One appointment that is moved and cancelled.
  return booking(1, startAt === null ? march(20) : iso(startAt), iso(at), {
    ...state,
    order_transaction_id: transactionId(1),
    events: [{ created_at: iso(at), status }],
  });
}

const DAY = 24 * HOUR;
/** The patient has to act in these. */
const ACTS: readonly Phase[] = ['requisition', 'visit_cancelled'];

/** Whether a message may be read at `now`, by what Junction knows then. Written without the code that it judges. By hand, it needs no delay. */
export function isTrueAt(template: string, change: Change, now: number, byHand = false): boolean {
  const { phase, at, startAt } = change;
  if (template.startsWith('reminder_')) {
    const days = [1, 3, 7][Number(template.slice('reminder_'.length)) - 1] ?? Number.POSITIVE_INFINITY;
    return ACTS.includes(phase) && (byHand || now >= at + days * DAY);
  }
  switch (template) {
    case 'redraw_available':
      return phase === 'available' || phase === 'ordered';
    case 'requisition_ready':
      return phase === 'requisition' || (byHand && phase === 'visit_cancelled');
    case 'appointment_cancelled':
      return phase === 'visit_cancelled';
    case 'appointment_missed':
      return phase === 'booked' && now >= (startAt ?? 0) + (byHand ? 0 : DAY);
    default:
      return template === 'results_complete' && phase === 'completed';
  }
}
