import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../time.ts';
import type { Order } from '../../world/order.ts';
import type { Story } from '../../world/story.ts';
import {
  correct,
  createRedraw,
  labWork,
  partialResults,
  redrawBecomesAvailable,
  sampleError,
  sampleTaken,
} from './results.ts';
import { orderWalkIn, walkInDrawn } from './walk-in.ts';

export function initialWithMissingResults(story: Story): Order {
  const initial = walkInDrawn(story);
  story.wait(DAY, 4 * DAY);
  return initial;
}

/** Junction finds the results incomplete and orders a redraw, which in some dialects only follows. */
export function orderRedraw(story: Story, initial: Order, activateAfter?: Instant): Order {
  const follows = story.dialect.redrawOrder === 'follows';
  if (follows) redrawBecomesAvailable(story, initial);
  story.wait(SECOND, MINUTE);
  const activation = activateAfter === undefined ? {} : { activateBy: story.now + activateAfter };
  if (!follows) return createRedraw(story, initial, activation);
  return story.place({ modality: 'walk_in_test', origin: 'redraw', parent: initial, ...activation });
}

/** The initial order's results are incomplete, and Junction has ordered a redraw. */
export function redrawOrdered(story: Story): Order {
  return orderRedraw(story, initialWithMissingResults(story));
}

export function redrawWithRequisition(story: Story): Order {
  const redraw = redrawOrdered(story);
  story.wait(10 * MINUTE, 5 * HOUR);
  story.move(redraw, 'requisition_created');
  return redraw;
}

export function redrawBooked(story: Story): Order {
  const redraw = redrawWithRequisition(story);
  story.wait(DAY, 3 * DAY);
  story.book(redraw, 'quest', 2 * DAY);
  story.move(redraw, 'appointment_scheduled');
  return redraw;
}

export function redrawDrawn(story: Story): Order {
  const redraw = redrawBooked(story);
  story.wait(2 * DAY, 3 * DAY);
  sampleTaken(story, redraw);
  return redraw;
}

export const redrawScripts = {
  redraw_completed(story: Story) {
    labWork(story, redrawDrawn(story));
  },

  redraw_completed_with_missing_results(story: Story) {
    labWork(story, redrawDrawn(story), { missing: true });
  },

  /** Without an appointment: the patient walks in again. */
  redraw_completed_unbooked(story: Story) {
    const redraw = redrawWithRequisition(story);
    story.wait(DAY, 5 * DAY);
    sampleTaken(story, redraw);
    story.wait(DAY, 2 * DAY);
    partialResults(story, redraw);
    labWork(story, redraw);
  },

  redraw_corrected(story: Story) {
    const redraw = redrawDrawn(story);
    labWork(story, redraw);
    correct(story, redraw);
  },

  redraw_cancelled(story: Story) {
    const redraw = redrawWithRequisition(story);
    story.wait(DAY, 9 * DAY);
    story.move(redraw, 'cancelled');
  },

  /** As above, and Junction reports the whole transaction as cancelled. */
  redraw_cancelled_reported_cancelled(story: Story) {
    const redraw = redrawWithRequisition(story);
    story.wait(DAY, 9 * DAY);
    story.move(redraw, 'cancelled', { announce: false });
    story.report('cancelled');
    story.announce(redraw, true);
  },

  redraw_sample_error(story: Story) {
    sampleError(story, redrawDrawn(story));
  },

  /** The initial order's payload lists the redraw order, whose own webhooks never arrive. */
  redraw_never_announced(story: Story) {
    const initial = initialWithMissingResults(story);
    const redraw = story.place({
      modality: 'walk_in_test',
      origin: 'redraw',
      parent: initial,
      announce: false,
    });
    redrawBecomesAvailable(story, initial);
    story.wait(10 * MINUTE, 5 * HOUR);
    story.move(redraw, 'requisition_created', { announce: false });
  },

  /** The webhooks of the redraw order arrive before `redraw_available` of the initial order. */
  redraw_announced_first(story: Story) {
    const initial = initialWithMissingResults(story);
    const redraw = story.place({ modality: 'walk_in_test', origin: 'redraw', parent: initial });
    story.wait(SECOND, MINUTE);
    story.move(redraw, 'requisition_created');
    story.wait(SECOND, MINUTE);
    redrawBecomesAvailable(story, initial);
    story.wait(DAY, 4 * DAY);
    sampleTaken(story, redraw);
    labWork(story, redraw);
  },

  /** Two redraws in one transaction, which the documentation rules out. */
  redraw_ordered_twice(story: Story) {
    const first = redrawWithRequisition(story);
    story.wait(DAY, 2 * DAY);
    story.move(first, 'cancelled');
    story.wait(HOUR, DAY);
    const second = story.place({ modality: 'walk_in_test', origin: 'redraw', parent: first });
    story.wait(10 * MINUTE, 5 * HOUR);
    story.move(second, 'requisition_created');
    story.wait(DAY, 4 * DAY);
    sampleTaken(story, second);
    labWork(story, second);
  },

  redraw_of_recreated_initial(story: Story) {
    const spoilt = orderWalkIn(story);
    story.wait(HOUR, DAY);
    story.move(spoilt, 'cancelled');
    story.wait(HOUR, DAY);
    const initial = story.place({ modality: 'walk_in_test', origin: 'recreation', parent: spoilt });
    story.wait(10 * MINUTE, 5 * HOUR);
    story.move(initial, 'requisition_created');
    story.wait(DAY, 3 * DAY);
    sampleTaken(story, initial);
    story.wait(DAY, 2 * DAY);
    const redraw = orderRedraw(story, initial);
    story.wait(10 * MINUTE, 5 * HOUR);
    story.move(redraw, 'requisition_created');
    story.wait(DAY, 3 * DAY);
    sampleTaken(story, redraw);
    labWork(story, redraw);
  },

  redraw_recreated(story: Story) {
    const spoilt = redrawDrawn(story);
    sampleError(story, spoilt);
    story.wait(HOUR, DAY);
    const again = story.place({ modality: 'walk_in_test', origin: 'recreation', parent: spoilt });
    story.wait(10 * MINUTE, 5 * HOUR);
    story.move(again, 'requisition_created');
    story.wait(DAY, 3 * DAY);
    sampleTaken(story, again);
    labWork(story, again);
  },

  /** Support cancels the initial order while its redraw is in progress, and the redraw days later. */
  redraw_initial_cancelled(story: Story) {
    const initial = initialWithMissingResults(story);
    const redraw = orderRedraw(story, initial);
    story.wait(10 * MINUTE, 5 * HOUR);
    story.move(redraw, 'requisition_created');
    story.wait(HOUR, DAY);
    story.move(initial, 'cancelled');
    story.wait(DAY, 3 * DAY);
    story.move(redraw, 'cancelled');
  },
};
