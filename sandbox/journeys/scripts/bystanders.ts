import { DAY, HOUR, MINUTE, SECOND, spellTime } from '../../time.ts';
import type { Story } from '../../world/story.ts';
import { labWork, sampleTaken } from './results.ts';
import { orderWalkIn } from './walk-in.ts';

const ACTIVITY_SOURCE = { provider: 'fitbit', type: 'watch', slug: 'fitbit', name: 'Fitbit', logo: '' };

export const bystanderScripts = {
  /** Webhooks of wearables and profiles, which have nothing to do with orders. */
  bystander_wearable(story: Story) {
    for (const eventType of [
      'daily.data.activity.created',
      'daily.data.sleep.created',
      'historical.data.workouts.created',
    ]) {
      const { labValue } = story.patient;
      const likely = { calories_total: story.random.int(1400, 3200), steps: story.random.int(200, 20_000) };
      story.other(eventType, {
        id: story.random.uuid(),
        date: spellTime(story.now),
        ...(labValue === null ? likely : { calories_total: labValue, steps: labValue }),
        source: ACTIVITY_SOURCE,
      });
      story.wait(HOUR, DAY);
    }
  },

  /** A result that matches no order with certainty. A person reviews it and assigns it to the order. */
  bystander_match_review(story: Story) {
    const order = orderWalkIn(story);
    story.wait(DAY, 3 * DAY);
    const review = {
      id: story.random.uuid(),
      decision_code: 'match_sample_id_mismatch_demo',
      sub_reason_codes: [],
    };
    story.matchReview('created', { ...review, status: 'pending_customer_review', resolution_action: null });
    story.wait(10 * MINUTE, DAY);
    story.matchReview('updated', {
      ...review,
      status: 'resolved',
      resolution_action: 'accept',
      resolved_user_id: order.userId,
      resolved_order_id: order.id,
    });
    story.wait(SECOND, MINUTE);
    sampleTaken(story, order);
    labWork(story, order);
  },
};
