import { DAY, HOUR, MINUTE } from '../../time.ts';
import type { Order } from '../../world/order.ts';
import type { Story } from '../../world/story.ts';
import { complete, correct, labWork, partialResults, sampleError } from './results.ts';

const modality = 'on_site_collection';

function orderOnSite(story: Story): Order {
  const order = story.place({ modality });
  story.wait(5 * MINUTE, HOUR);
  story.move(order, 'requisition_created');
  return order;
}

function onSiteDrawn(story: Story): Order {
  const order = orderOnSite(story);
  story.wait(HOUR, 2 * DAY);
  order.resultsExpectedAt = story.now + 2 * DAY;
  order.resultsWorstCaseAt = story.now + 5 * DAY;
  story.move(order, 'draw_completed');
  return order;
}

export const onSiteScripts = {
  on_site_completed(story: Story) {
    labWork(story, onSiteDrawn(story));
  },

  /** The published example: five events, including partial results. */
  on_site_partial_then_completed(story: Story) {
    const order = onSiteDrawn(story);
    story.wait(DAY, 2 * DAY);
    partialResults(story, order);
    labWork(story, order);
  },

  on_site_partial_and_completed_at_once(story: Story) {
    const order = onSiteDrawn(story);
    story.wait(DAY, 2 * DAY);
    partialResults(story, order);
    complete(story, order);
  },

  on_site_cancelled(story: Story) {
    const order = orderOnSite(story);
    story.wait(HOUR, 3 * DAY);
    story.move(order, 'cancelled');
  },

  on_site_sample_error(story: Story) {
    sampleError(story, onSiteDrawn(story));
  },

  on_site_corrected(story: Story) {
    const order = onSiteDrawn(story);
    labWork(story, order);
    correct(story, order);
  },

  on_site_imported(story: Story) {
    labWork(story, story.place({ modality, first: 'requisition_bypassed' }));
  },
};
