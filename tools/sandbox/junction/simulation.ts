import type { ResultType } from '@junction-api/sdk/serialization';
import { complete, createRedraw, partialResults, sampleTaken } from '../journeys/scripts/results.ts';
import { DAY, HOUR, type Instant } from '../time.ts';
import type { Modality } from '../world/lab-tests.ts';
import { isOver } from '../world/lifecycle.ts';
import { newestEvent, type Order } from '../world/order.ts';
import { activeOf } from './booking/appointments.ts';
import type { LiveOrder } from './live-stories.ts';
import { Refusal } from './refusal.ts';

/** What the body of `POST /v3/order/{id}/test` sets. */
export interface SimulationFlags {
  interpretation: 'normal' | 'abnormal' | 'critical';
  resultTypes: readonly ResultType.Raw[] | null;
  hasMissingResults: boolean;
}

/** The success states of each collection method. */
const PATHS: Record<Modality, readonly string[]> = {
  walk_in_test: ['ordered', 'requisition_created', 'completed'],
  at_home_phlebotomy: [
    'ordered',
    'requisition_created',
    'appointment_pending',
    'appointment_scheduled',
    'draw_completed',
    'completed',
  ],
  on_site_collection: ['ordered', 'requisition_created', 'draw_completed', 'completed'],
  testkit: [
    'ordered',
    'requisition_created',
    'transit_customer',
    'out_for_delivery',
    'with_customer',
    'transit_lab',
    'delivered_to_lab',
    'completed',
  ],
};

/** The success state after which another one can come; for those not named here, any. */
const BRANCHES: Record<string, readonly string[]> = {
  partial_results: ['draw_completed', 'delivered_to_lab', 'requisition_created'],
  redraw_available: ['requisition_created'],
  sample_error: ['draw_completed', 'delivered_to_lab', 'requisition_created'],
  appointment_pending: ['requisition_created'],
  appointment_scheduled: ['requisition_created'],
  appointment_cancelled: ['requisition_created'],
  problem_in_transit_customer: ['transit_customer'],
  failure_to_deliver_to_customer: ['transit_customer'],
  lost: ['transit_customer'],
  problem_in_transit_lab: ['transit_lab'],
  failure_to_deliver_to_lab: ['transit_lab'],
  lab_processing_blocked: ['delivered_to_lab'],
};

/**
 * The statuses that the order goes through to get to `final`.
 * @throws {Refusal} if it cannot
 */
export function stepsTo(order: Order, final: string): string[] {
  const { modality, events } = order;
  const { low } = newestEvent(order);
  const path = PATHS[modality];
  const reached = Math.max(...events.map((event) => path.indexOf(event.low)), 0);
  const goal = path.indexOf(final);
  if (isOver(low) || goal === 0 || (goal > 0 && goal <= reached)) {
    throw new Refusal(`Transition from ${low} to ${final} is not allowed`);
  }
  if (goal > 0) return path.slice(reached + 1, goal + 1);
  const base = (BRANCHES[final] ?? []).map((one) => path.indexOf(one)).find((index) => index >= 0);
  return [...path.slice(reached + 1, (base ?? 0) + 1), final];
}

/** Moves the order into a status, with all that belongs to it: appointments, dates, results, a redraw order. */
export function step({ story, order }: LiveOrder, low: string, flags: SimulationFlags): void {
  if (low === 'appointment_pending') appointmentOf({ story, order });
  if (low === 'appointment_scheduled') schedule({ story, order });
  if (low === 'draw_completed') draw({ story, order });
  if (low === 'sample_error' && order.resultsExpectedAt === null) sampleTaken(story, order);
  if (['completed', 'partial_results', 'redraw_available'].includes(low))
    report({ story, order }, low, flags);
  else story.move(order, low);
}

function report({ story, order }: LiveOrder, low: string, flags: SimulationFlags): void {
  const { interpretation, resultTypes, hasMissingResults } = flags;
  if (order.resultsExpectedAt === null) sampleTaken(story, order);
  if (resultTypes?.length) cycleTypes(order, resultTypes);
  if (low === 'partial_results') partialResults(story, order, { interpretation });
  else if (low === 'redraw_available') createRedraw(story, order, { interpretation });
  else complete(story, order, { missing: hasMissingResults, interpretation });
  if (interpretation === 'critical') story.critical(order);
}

function cycleTypes(order: Order, types: readonly ResultType.Raw[]): void {
  const typed = order.panel.readings.map((reading, index) => ({
    ...reading,
    type: types[index % types.length] ?? reading.type,
  }));
  const lacking = new Set(order.panel.lacking.map(({ marker }) => marker.id));
  order.panel = { readings: typed, lacking: typed.filter(({ marker }) => lacking.has(marker.id)) };
}

function appointmentOf(live: LiveOrder) {
  const { story, order } = live;
  const provider = order.modality === 'at_home_phlebotomy' ? 'getlabs' : 'quest';
  return activeOf(live) ?? story.requestAppointment(order, provider);
}

function schedule(live: LiveOrder): void {
  const appointment = appointmentOf(live);
  if (appointment.startAt !== null) return;
  const startAt: Instant = Math.floor((live.story.now + 2 * DAY) / HOUR) * HOUR;
  live.story.changeAppointment(live.order, appointment, {
    status: 'confirmed',
    eventStatus: 'scheduled',
    startAt,
  });
}

function draw(live: LiveOrder): void {
  const { story, order } = live;
  const active = activeOf(live);
  if (active) story.changeAppointment(order, active, { status: 'completed', eventStatus: 'completed' });
  order.resultsExpectedAt = story.now + 3 * DAY;
  order.resultsWorstCaseAt = story.now + 7 * DAY;
}
