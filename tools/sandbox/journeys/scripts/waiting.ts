import { DAY, HOUR, MINUTE } from '../../time.ts';
import type { Story } from '../../world/story.ts';
import { partialResults } from './results.ts';
import { orderWalkIn, walkInDrawn } from './walk-in.ts';

/** Journeys that end where a person has to act. They are for the samples, not for random journeys. */
export const waitingScripts = {
  /** Nobody has acknowledged the critical result. */
  waiting_critical(story: Story) {
    const order = walkInDrawn(story);
    story.wait(DAY, 2 * DAY);
    partialResults(story, order, { interpretation: 'critical' });
    story.wait(MINUTE, HOUR);
    story.critical(order);
  },

  /** A result that matches no order with certainty waits for the customer. */
  waiting_match_review(story: Story) {
    const order = orderWalkIn(story);
    story.wait(DAY, 3 * DAY);
    story.openReview('match_sample_id_mismatch_demo', order);
  },

  /** A webhook about the order is in a form that no documentation shows, without the id of the appointment. */
  waiting_unreadable_webhook(story: Story) {
    const order = orderWalkIn(story);
    story.wait(HOUR, 5 * HOUR);
    story.other('labtest.appointment.updated', {
      order_id: order.id,
      user_id: order.userId,
      appointment: { id: story.random.uuid(), status: 'confirmed' },
    });
  },
};
