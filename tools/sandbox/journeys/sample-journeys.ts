import type { Script } from './catalogue.ts';
import { type Journey, journey } from './journeys.ts';

const HOURS = 3_600_000;
const DAYS = 24 * HOURS;

/**
 * What each sample shows, the kind of journey, and the time of its last webhook before `now`. One redraw is stalled at
 * each stage for longer than the default clocks. Two only look stalled: one has a later activation day, and the webhooks of the
 * other were lost. A critical result, a stalled order, a match review and a quarantined webhook wait for somebody.
 */
const SAMPLES: readonly (readonly [name: string, script: Script, quietMs: number])[] = [
  ['walk-in, results in', 'walk_in_completed', 2 * DAYS],
  ['walk-in, not drawn yet', 'walk_in_waiting', 5 * HOURS],
  ['walk-in, cancelled', 'walk_in_cancelled', 4 * DAYS],
  ['walk-in, sample unusable, recreated', 'walk_in_recreated', 3 * DAYS],
  ['at home, results in', 'at_home_completed', 6 * DAYS],
  ['on site, results in', 'on_site_partial_then_completed', 20 * HOURS],
  ['test kit, registered to another user', 'testkit_registered_to_another_user', DAYS],
  ['test kit, lost in the post', 'testkit_lost', 8 * DAYS],
  ['redraw, completed', 'redraw_completed', 2 * DAYS],
  ['redraw, completed with results missing', 'redraw_completed_with_missing_results', 3 * HOURS],
  ['redraw, booked', 'redraw_stalled_after_appointment', 6 * HOURS],
  ['redraw, to be activated later', 'redraw_activated_later', 2 * DAYS],
  ['redraw, ordered without a webhook', 'redraw_never_announced', 3 * DAYS],
  ['redraw, never ordered', 'redraw_never_ordered', 3 * DAYS],
  ['redraw, waiting for a requisition', 'redraw_stalled_without_requisition', 4 * DAYS],
  ['redraw, nobody booked', 'redraw_stalled_without_appointment', 12 * DAYS],
  ['redraw, booked and not drawn', 'redraw_stalled_after_appointment', 6 * DAYS],
  ['redraw, partial results', 'redraw_stalled_after_partial_results', 16 * DAYS],
  ['redraw, drawn and no result', 'redraw_stalled_after_draw', 19 * DAYS],
  ['redraw, completed weeks ago', 'redraw_completed', 20 * DAYS],
  ['redraw, booked late', 'redraw_booked_late', 4 * DAYS],
  ['walk-in, critical result', 'waiting_critical', 3 * HOURS],
  ['walk-in, the patient never came', 'walk_in_waiting', 31 * DAYS],
  ['walk-in, result that may belong to another patient', 'waiting_match_review', 7 * HOURS],
  ['walk-in, webhook that cannot be understood', 'waiting_unreadable_webhook', 30 * HOURS],
];

/** The journeys that `npm start` shows: the last weeks of a clinic at `now`. Several teams have them in turn. */
export function sampleJourneys(now: Date, teams: readonly string[] = []): Journey[] {
  return SAMPLES.map(([name, script, quietMs], index) => {
    const endAt = new Date(now.getTime() - quietMs);
    const teamId = teams[index % teams.length];
    const options = { endAt, spelling: 'documented', ...(teamId !== undefined && { teamId }) } as const;
    return { ...journey(script, index + 1, options), name };
  });
}
