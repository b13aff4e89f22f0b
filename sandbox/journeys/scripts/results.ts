import { DAY, HOUR } from '../../time.ts';
import type { Order } from '../../world/order.ts';
import type { Story } from '../../world/story.ts';

/** The sample is taken: a webhook without a new event sets the dates of the results. */
export function sampleTaken(story: Story, order: Order): void {
  story.change(order, {
    resultsExpectedAt: story.now + 3 * DAY,
    resultsWorstCaseAt: story.now + 7 * DAY,
  });
}

export function partialResults(story: Story, order: Order): void {
  order.hasMissingResults = true;
  order.interpretation = 'normal';
  story.move(order, 'partial_results');
}

export function complete(story: Story, order: Order, { missing = false } = {}): void {
  order.hasMissingResults = missing;
  order.interpretation = story.random.pick(['normal', 'normal', 'abnormal']);
  story.move(order, 'completed');
}

export function correct(story: Story, order: Order): void {
  story.wait(2 * DAY, 9 * DAY);
  order.interpretation = 'abnormal';
  story.move(order, 'corrected');
}

/** From the lab to final results, without problems. */
export function labWork(story: Story, order: Order, { missing = false } = {}): void {
  story.wait(DAY, 4 * DAY);
  complete(story, order, { missing });
}

export function sampleError(story: Story, order: Order): void {
  story.wait(12 * HOUR, 2 * DAY);
  const detail = story.random.pick(['sample_hemolyzed', 'sample_quantity_not_sufficient'] as const);
  story.move(order, 'sample_error', { detail });
}
