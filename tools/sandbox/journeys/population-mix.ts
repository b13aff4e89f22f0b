import type { Random } from '../random.ts';
import type { Script } from './catalogue.ts';

type Weights = readonly (readonly [Script, number])[];

/** Journeys without a redraw, with the frequencies of a typical clinic. */
const ORDINARY: Weights = [
  ['walk_in_completed', 320],
  ['walk_in_partial_then_completed', 90],
  ['walk_in_partial_unannounced', 30],
  ['walk_in_partial_and_completed_at_once', 20],
  ['walk_in_completed_with_missing_results', 25],
  ['walk_in_appointments', 60],
  ['walk_in_waiting', 40],
  ['walk_in_cancelled', 30],
  ['walk_in_cancelled_with_appointment', 8],
  ['walk_in_cancelled_then_reinstated', 3],
  ['walk_in_critical', 10],
  ['walk_in_corrected', 10],
  ['walk_in_sample_error', 12],
  ['walk_in_recreated', 6],
  ['walk_in_imported', 6],
  ['at_home_completed', 70],
  ['at_home_rebooked', 10],
  ['at_home_cancelled', 8],
  ['at_home_sample_error', 3],
  ['on_site_completed', 30],
  ['on_site_partial_then_completed', 10],
  ['on_site_cancelled', 2],
  ['testkit_completed', 100],
  ['testkit_registered_to_another_user', 30],
  ['testkit_trouble_on_the_way', 10],
  ['testkit_never_reached_patient', 5],
  ['testkit_lost', 5],
  ['testkit_sample_error', 6],
  ['testkit_cancelled', 6],
  ['testkit_activated_later', 5],
  ['bystander_wearable', 20],
  ['bystander_match_review', 10],
];

/** Redraws that finish, sooner or later. */
const MOVING: Weights = [
  ['redraw_completed', 40],
  ['redraw_completed_unbooked', 25],
  ['redraw_completed_with_missing_results', 12],
  ['redraw_announced_first', 5],
  ['redraw_cancelled', 6],
  ['redraw_cancelled_reported_cancelled', 2],
  ['redraw_sample_error', 3],
  ['redraw_corrected', 2],
  ['redraw_of_recreated_initial', 2],
  ['redraw_recreated', 2],
  ['redraw_activated_later_then_completed', 4],
];

/** Redraws that stall. Kinds take turns, so that every stage occurs. */
const STALLING: readonly Script[] = [
  'redraw_never_ordered',
  'redraw_ordered_late',
  'redraw_stalled_without_requisition',
  'redraw_requisition_late',
  'redraw_stalled_without_appointment',
  'redraw_booked_late',
  'redraw_stalled_after_appointment',
  'redraw_drawn_late',
  'redraw_rebooked_late',
  'redraw_stalled_after_draw',
  'redraw_result_late',
  'redraw_stalled_after_partial_results',
  'redraw_never_announced',
  'redraw_activated_later',
];

/** Chooses kinds of journey, with a share of redraws and a share of stalled ones among those. */
export function dealer(random: Random, shares: { redraws: number; stalls: number }): () => Script {
  let stalling: Script[] = [];
  return () => {
    if (!random.chance(shares.redraws)) return random.weighted(ORDINARY);
    if (!random.chance(shares.stalls)) return random.weighted(MOVING);
    if (stalling.length === 0) stalling = random.shuffled(STALLING);
    return stalling.pop() ?? 'redraw_never_ordered';
  };
}
