import { DAY, HOUR, MINUTE } from '../../time.ts';
import type { Order } from '../../world/order.ts';
import type { Story } from '../../world/story.ts';
import { complete, correct, labWork, partialResults, sampleError, sampleTaken } from './results.ts';

export function orderWalkIn(story: Story): Order {
  const order = story.place({ modality: 'walk_in_test' });
  story.wait(5 * MINUTE, HOUR);
  story.move(order, 'requisition_created');
  return order;
}

/** The patient has visited the lab. There is no event for that, only dates for the results. */
export function walkInDrawn(story: Story): Order {
  const order = orderWalkIn(story);
  story.wait(DAY, 5 * DAY);
  sampleTaken(story, order);
  return order;
}

export const walkInScripts = {
  walk_in_completed(story: Story) {
    labWork(story, walkInDrawn(story));
  },

  walk_in_completed_with_missing_results(story: Story) {
    labWork(story, walkInDrawn(story), { missing: true });
  },

  walk_in_partial_then_completed(story: Story) {
    const order = walkInDrawn(story);
    story.wait(DAY, 2 * DAY);
    partialResults(story, order);
    labWork(story, order);
  },

  walk_in_partial_twice(story: Story) {
    const order = walkInDrawn(story);
    for (let part = 0; part < 2; part += 1) {
      story.wait(HOUR, DAY);
      partialResults(story, order);
    }
    labWork(story, order);
  },

  /** A team that did not opt in sees the partial results only in the event list of the next webhook. */
  walk_in_partial_unannounced(story: Story) {
    const order = walkInDrawn(story);
    story.wait(DAY, 2 * DAY);
    partialResults(story, order, { announce: false });
    labWork(story, order);
  },

  walk_in_partial_and_completed_at_once(story: Story) {
    const order = walkInDrawn(story);
    story.wait(DAY, 2 * DAY);
    partialResults(story, order);
    complete(story, order);
  },

  walk_in_corrected(story: Story) {
    const order = walkInDrawn(story);
    labWork(story, order);
    correct(story, order);
  },

  walk_in_critical(story: Story) {
    const order = walkInDrawn(story);
    story.wait(DAY, 2 * DAY);
    partialResults(story, order, { interpretation: 'critical' });
    story.wait(MINUTE, HOUR);
    story.critical(order);
    labWork(story, order);
  },

  walk_in_cancelled(story: Story) {
    const order = orderWalkIn(story);
    story.wait(HOUR, 3 * DAY);
    story.move(order, 'cancelled');
  },

  walk_in_cancelled_then_reinstated(story: Story) {
    const order = orderWalkIn(story);
    story.wait(HOUR, DAY);
    story.move(order, 'cancelled');
    story.wait(HOUR, 2 * DAY);
    story.move(order, 'requisition_created');
    story.wait(DAY, 3 * DAY);
    sampleTaken(story, order);
    labWork(story, order);
  },

  walk_in_sample_error(story: Story) {
    sampleError(story, walkInDrawn(story));
  },

  walk_in_imported(story: Story) {
    const order = story.place({ modality: 'walk_in_test', first: 'requisition_bypassed' });
    labWork(story, order);
  },

  /** The sample was unusable; the lab recreates the order. */
  walk_in_recreated(story: Story) {
    const spoilt = walkInDrawn(story);
    sampleError(story, spoilt);
    story.wait(HOUR, DAY);
    const again = story.place({ modality: 'walk_in_test', origin: 'recreation', parent: spoilt });
    story.wait(5 * MINUTE, HOUR);
    story.move(again, 'requisition_created');
    story.wait(DAY, 3 * DAY);
    sampleTaken(story, again);
    labWork(story, again);
  },

  /** Two appointments at a patient service center: the first is rescheduled and cancelled, the second kept. */
  walk_in_appointments(story: Story) {
    const order = orderWalkIn(story);
    story.wait(HOUR, 8 * HOUR);
    story.move(order, 'appointment_pending');
    const first = story.book(order, 'quest', 2 * DAY);
    story.move(order, 'appointment_scheduled');
    story.wait(HOUR, 5 * HOUR);
    story.changeAppointment(order, first, { startAt: (first.startAt ?? story.now) + DAY });
    story.wait(HOUR, 5 * HOUR);
    story.changeAppointment(order, first, { status: 'cancelled', eventStatus: 'cancelled' });
    story.move(order, 'appointment_cancelled');
    story.wait(HOUR, 5 * HOUR);
    const second = story.book(order, 'quest', DAY);
    story.move(order, 'appointment_scheduled');
    story.wait(MINUTE, HOUR);
    story.changeAppointment(order, second, { startAt: (second.startAt ?? story.now) + HOUR });
    story.wait(DAY, 2 * DAY);
    story.changeAppointment(order, second, { status: 'completed', eventStatus: 'completed' });
    sampleTaken(story, order);
    labWork(story, order);
  },

  /** The order is cancelled, but its appointment stays booked. */
  walk_in_cancelled_with_appointment(story: Story) {
    const order = orderWalkIn(story);
    story.wait(HOUR, DAY);
    story.book(order, 'sonora_quest', 3 * DAY);
    story.move(order, 'appointment_scheduled');
    story.wait(HOUR, DAY);
    story.move(order, 'cancelled');
  },

  walk_in_waiting(story: Story) {
    orderWalkIn(story);
  },
};
