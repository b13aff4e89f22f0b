import { DAY, HOUR, MINUTE } from '../../time.ts';
import type { Order } from '../../world/order.ts';
import type { Story } from '../../world/story.ts';
import { correct, labWork, partialResults, sampleError } from './results.ts';

const modality = 'at_home_phlebotomy';

function orderAtHome(story: Story): Order {
  const order = story.place({ modality });
  story.wait(5 * MINUTE, HOUR);
  story.move(order, 'requisition_created');
  story.wait(MINUTE, HOUR);
  story.move(order, 'appointment_pending');
  return order;
}

function atHomeDrawn(story: Story): Order {
  const order = orderAtHome(story);
  story.wait(HOUR, DAY);
  const appointment = story.book(order, 'getlabs', 2 * DAY);
  story.move(order, 'appointment_scheduled');
  story.wait(DAY, 2 * DAY);
  story.changeAppointment(order, appointment, { status: 'in_progress', eventStatus: 'in_progress' });
  story.wait(10 * MINUTE, 30 * MINUTE);
  story.changeAppointment(order, appointment, { status: 'completed', eventStatus: 'completed' });
  order.resultsExpectedAt = story.now + 3 * DAY;
  order.resultsWorstCaseAt = story.now + 6 * DAY;
  story.move(order, 'draw_completed');
  return order;
}

export const atHomeScripts = {
  at_home_completed(story: Story) {
    labWork(story, atHomeDrawn(story));
  },

  at_home_partial_then_completed(story: Story) {
    const order = atHomeDrawn(story);
    story.wait(DAY, 2 * DAY);
    partialResults(story, order);
    labWork(story, order);
  },

  /** The phlebotomist cancels; the appointment is booked again with another provider. */
  at_home_rebooked(story: Story) {
    const order = orderAtHome(story);
    story.wait(HOUR, DAY);
    const first = story.book(order, 'getlabs', DAY);
    story.move(order, 'appointment_scheduled');
    story.wait(HOUR, 12 * HOUR);
    story.changeAppointment(order, first, { status: 'cancelled', eventStatus: 'cancelled' });
    story.move(order, 'appointment_cancelled');
    story.wait(HOUR, 12 * HOUR);
    const second = story.book(order, 'phlebfinders', DAY);
    story.move(order, 'appointment_scheduled');
    story.wait(DAY, 2 * DAY);
    story.changeAppointment(order, second, { status: 'completed', eventStatus: 'completed' });
    story.move(order, 'draw_completed');
    labWork(story, order);
  },

  /** Unlike a walk-in order, cancelling this one cancels its appointment. */
  at_home_cancelled(story: Story) {
    const order = orderAtHome(story);
    story.wait(HOUR, DAY);
    const appointment = story.book(order, 'getlabs', 2 * DAY);
    story.move(order, 'appointment_scheduled');
    story.wait(HOUR, DAY);
    story.move(order, 'cancelled');
    story.changeAppointment(order, appointment, { status: 'cancelled', eventStatus: 'cancelled' });
  },

  at_home_sample_error(story: Story) {
    sampleError(story, atHomeDrawn(story));
  },

  at_home_corrected(story: Story) {
    const order = atHomeDrawn(story);
    labWork(story, order);
    correct(story, order);
  },

  at_home_imported(story: Story) {
    labWork(story, story.place({ modality, first: 'requisition_bypassed' }));
  },
};
