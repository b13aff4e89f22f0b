import { DAY, HOUR, type Instant } from '../../time.ts';
import type { Order } from '../../world/order.ts';
import type { Story } from '../../world/story.ts';

/** The sample is taken: a webhook without a new event sets the dates of the results. */
export function sampleTaken(story: Story, order: Order): void {
  story.change(order, {
    resultsExpectedAt: story.now + 3 * DAY,
    resultsWorstCaseAt: story.now + 7 * DAY,
  });
}

type Interpretation = NonNullable<Order['interpretation']>;

interface PartialReport {
  interpretation?: Interpretation;
  /** False for teams that did not opt in to webhooks about partial results. */
  announce?: boolean;
}

/** Only a final report says which markers are missing: those not yet reported do not count as such. */
export function partialResults(
  story: Story,
  order: Order,
  { interpretation = 'normal', announce = true }: PartialReport = {},
): void {
  order.interpretation = interpretation;
  story.move(order, 'partial_results', { announce });
}

interface FinalReport {
  missing?: boolean;
  /** By default a random one. What was critical stays critical. */
  interpretation?: Interpretation;
}

export function complete(story: Story, order: Order, { missing = false, ...given }: FinalReport = {}): void {
  const interpretation = given.interpretation ?? story.random.pick(['normal', 'normal', 'abnormal'] as const);
  order.hasMissingResults = missing;
  order.interpretation = order.interpretation === 'critical' ? 'critical' : interpretation;
  story.move(order, 'completed');
}

/** Junction ends the order as redraw_available and creates its redraw order, which the payload then lists. */
export function createRedraw(
  story: Story,
  initial: Order,
  { activateBy, interpretation }: { activateBy?: Instant; interpretation?: Interpretation } = {},
): Order {
  const activation = activateBy === undefined ? {} : { activateBy };
  const placing = { modality: 'walk_in_test', origin: 'redraw', parent: initial } as const;
  const redraw = story.place({ ...placing, ...activation, announce: false });
  redrawBecomesAvailable(story, initial, { interpretation });
  story.announce(redraw, true);
  return redraw;
}

export function redrawBecomesAvailable(
  story: Story,
  initial: Order,
  { interpretation = 'normal' }: { interpretation?: Interpretation | undefined } = {},
): void {
  initial.hasMissingResults = true;
  initial.interpretation = interpretation;
  story.move(initial, 'redraw_available');
}

export function correct(story: Story, order: Order, { wait = true } = {}): void {
  if (wait) story.wait(2 * DAY, 9 * DAY);
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
