import { DAY, HOUR, MINUTE } from '../../time.ts';
import type { Order } from '../../world/order.ts';
import type { Story } from '../../world/story.ts';
import { correct, labWork, sampleError } from './results.ts';

const modality = 'testkit';

/** Moves the order through the given statuses, hours to days apart. */
function through(story: Story, order: Order, statuses: readonly string[]): Order {
  for (const status of statuses) {
    story.wait(6 * HOUR, 2 * DAY);
    story.move(order, status);
  }
  return order;
}

function orderKit(story: Story): Order {
  const order = story.place({ modality });
  story.wait(5 * MINUTE, HOUR);
  story.move(order, 'requisition_created');
  return order;
}

const TO_PATIENT = ['transit_customer', 'out_for_delivery', 'with_customer'];
const TO_LAB = ['transit_lab', 'delivered_to_lab'];

function kitAtLab(story: Story): Order {
  return through(story, orderKit(story), [...TO_PATIENT, ...TO_LAB]);
}

export const testkitScripts = {
  testkit_completed(story: Story) {
    labWork(story, kitAtLab(story));
  },

  testkit_corrected(story: Story) {
    const order = kitAtLab(story);
    labWork(story, order);
    correct(story, order);
  },

  /** An unregistered kit: the person who registers it becomes the order's user. */
  testkit_registered_to_another_user(story: Story) {
    const order = story.place({ modality });
    through(story, order, ['awaiting_registration', ...TO_PATIENT]);
    story.wait(HOUR, 3 * DAY);
    story.registerKitTo(order);
    story.move(order, 'registered');
    story.wait(MINUTE, HOUR);
    story.move(order, 'requisition_created');
    through(story, order, TO_LAB);
    labWork(story, order);
  },

  /** Activated on a later day: until then nothing happens, and nothing is overdue. */
  testkit_activated_later(story: Story) {
    story.place({ modality, activateBy: story.now + 30 * DAY });
  },

  testkit_trouble_on_the_way(story: Story) {
    const order = orderKit(story);
    through(story, order, [
      'transit_customer',
      'problem_in_transit_customer',
      'out_for_delivery',
      'with_customer',
    ]);
    through(story, order, [
      'transit_lab',
      'problem_in_transit_lab',
      'delivered_to_lab',
      'lab_processing_blocked',
    ]);
    labWork(story, order);
  },

  testkit_never_reached_patient(story: Story) {
    const order = orderKit(story);
    through(story, order, [
      'transit_customer',
      'problem_in_transit_customer',
      'failure_to_deliver_to_customer',
    ]);
  },

  testkit_never_reached_lab(story: Story) {
    const order = orderKit(story);
    through(story, order, [
      ...TO_PATIENT,
      'transit_lab',
      'problem_in_transit_lab',
      'failure_to_deliver_to_lab',
    ]);
  },

  testkit_lost(story: Story) {
    through(story, orderKit(story), ['transit_customer', 'lost']);
  },

  testkit_sample_error(story: Story) {
    sampleError(story, kitAtLab(story));
  },

  testkit_cancelled(story: Story) {
    through(story, orderKit(story), ['cancelled']);
  },

  testkit_do_not_process(story: Story) {
    through(story, orderKit(story), [...TO_PATIENT, 'transit_lab', 'do_not_process']);
  },

  testkit_imported(story: Story) {
    labWork(story, story.place({ modality, first: 'requisition_bypassed' }));
  },
};
