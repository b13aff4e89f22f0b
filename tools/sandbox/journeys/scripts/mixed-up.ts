import { DAY, HOUR, MINUTE } from '../../time.ts';
import type { Order } from '../../world/order.ts';
import type { Story } from '../../world/story.ts';
import { labWork, sampleTaken } from './results.ts';
import { orderWalkIn } from './walk-in.ts';

/** Accepting an unmatched result can create an order, and a person can assign it to the wrong transaction. */
function orderOfAnotherPatient(story: Story, { labTest }: Order): Order {
  const other = story.place({ modality: 'walk_in_test', labTest, userId: story.random.uuid() });
  story.wait(MINUTE, HOUR);
  story.move(other, 'requisition_created');
  return other;
}

/** The transaction of one patient lists an order of another one, whose own payloads name their own user. */
export const mixedUpScripts = {
  another_patient_while_open(story: Story) {
    const order = orderWalkIn(story);
    story.wait(DAY, 3 * DAY);
    const other = orderOfAnotherPatient(story, order);
    sampleTaken(story, other);
    labWork(story, other);
    story.wait(HOUR, DAY);
    sampleTaken(story, order);
    labWork(story, order);
  },

  another_patient_after_completion(story: Story) {
    const order = orderWalkIn(story);
    story.wait(DAY, 3 * DAY);
    sampleTaken(story, order);
    labWork(story, order);
    story.wait(DAY, 3 * DAY);
    orderOfAnotherPatient(story, order);
  },
};
