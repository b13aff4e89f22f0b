import type {
  GetUnmatchedResultTestResponse,
  MatchDecisionCode,
  UnmatchedResult,
  UnmatchedResultTestCaseDefinition,
} from '@junction-api/sdk/serialization';
import { complete, correct, sampleTaken } from '../journeys/scripts/results.ts';
import type { Random } from '../random.ts';
import { type Instant, spellTime } from '../time.ts';
import { DOCUMENTED_DIALECT } from '../world/dialect.ts';
import { isOver } from '../world/lifecycle.ts';
import type { MatchReview } from '../world/match-review.ts';
import { newestEvent, type Order } from '../world/order.ts';
import { fakePatient } from '../world/patient.ts';
import { Story } from '../world/story.ts';
import type { LiveOrder, LiveStories } from './live-stories.ts';
import { LAB_TESTS } from './ordering/lab-catalogue.ts';
import { Refusal } from './refusal.ts';

type Case = UnmatchedResultTestCaseDefinition.Raw;
type Run = GetUnmatchedResultTestResponse.Raw;

/** The cases of the test API, with the status that their order has to be in. */
export const REVIEW_CASES: readonly Case[] = [
  reviewCase('match_completed', 'completed'),
  reviewCase('match_cancelled', 'cancelled'),
  reviewCase('wrong_collection', 'requisition_bypassed'),
  reviewCase('wrong_lab', 'requisition_bypassed'),
  reviewCase('multiple_demo_match', 'requisition_bypassed'),
  reviewCase('match_sample_id_mismatch_demo', 'requisition_bypassed'),
  reviewCase('match_demo', 'requisition_bypassed'),
  reviewCase('no_match', 'requisition_bypassed'),
];

function reviewCase(name: Case['case'], status: Case['required_statuses'][string]): Case {
  return {
    case: name,
    order_roles: ['provenance'],
    required_statuses: { provenance: status },
    lab_constraints: [],
  };
}

interface Dependencies {
  live: LiveStories;
  source: Random;
  now: () => Instant;
  teamId: string;
}

/** Unmatched results that were created by the test API, and the decisions about them. */
export class MatchReviews {
  readonly #world: Dependencies;
  readonly #reviews = new Map<string, { live: LiveOrder; review: MatchReview }>();
  readonly #runs = new Map<string, Run>();
  #count = 0;

  constructor(world: Dependencies) {
    this.#world = world;
  }

  /** Creates an unmatched result about the given order, or a new one. @throws {Refusal} */
  test(decisionCode: Case['case'], orderId: string | null): Run {
    const { source, now } = this.#world;
    const live = orderId === null ? this.#managedOrder(decisionCode) : this.#world.live.find(orderId);
    if (!live) throw new Refusal('Order not found', 404);
    const review = live.story.openReview(decisionCode, live.order);
    this.#reviews.set(review.id, { live, review });
    this.#count += 1;
    const at = spellTime(now());
    const run: Run = {
      run_id: source.fork(`run/${this.#count}`).uuid(),
      status: 'succeeded',
      stage: 'succeeded',
      case: decisionCode,
      order_source: orderId === null ? 'managed' : 'provided',
      result_status: 'final',
      orders: {
        provenance: {
          order_id: live.order.id,
          user_id: live.order.userId,
          order_transaction_id: live.story.transaction.id,
        },
      },
      raw_result_id: review.id,
      error: null,
      created_at: at,
      updated_at: at,
      started_at: at,
      completed_at: at,
    };
    this.#runs.set(run.run_id, run);
    return run;
  }

  run(id: string): Run | null {
    return this.#runs.get(id) ?? null;
  }

  /**
   * Attaches the result to the order, or to one that is created for it. @returns the id of the order that has it
   * @throws {Refusal}
   */
  accept(
    id: string,
    decision: { orderId: string | null; userId: string | null; note: string | null },
  ): string {
    const { review, live: own } = this.#pending(id);
    const chosen = decision.orderId ?? (decision.userId === null ? own.order.id : null);
    const target = chosen === null ? null : this.#world.live.find(chosen);
    if (chosen !== null && !target) throw new Refusal('Order not found', 404);
    if (target && decision.userId !== null && target.order.userId !== decision.userId) {
      throw new Refusal('The order is not of this user');
    }
    const live = target ?? this.#orderFor(decision.userId ?? '', own);
    const order = attach(live, review.decisionCode);
    const resolved = { userId: order.userId, orderId: order.id };
    own.story.continueAt(this.#world.now());
    own.story.decideReview(review, { action: 'accept', resolved, note: decision.note });
    return order.id;
  }

  /** @throws {Refusal} */
  resolve(id: string, action: 'reject' | 'unsure', note: string | null): void {
    const { review, live } = this.#pending(id);
    live.story.continueAt(this.#world.now());
    live.story.decideReview(review, { action, note });
  }

  /** What Junction's operations do with an escalated review that they cannot decide. @throws {Refusal} */
  giveBack(id: string): void {
    const found = this.#reviews.get(id);
    if (found?.review.status !== 'pending_ops_review') throw new Refusal('Unmatched result not found', 404);
    found.live.story.continueAt(this.#world.now());
    found.live.story.giveBackReview(found.review);
  }

  #pending(id: string) {
    const found = this.#reviews.get(id);
    if (found?.review.status !== 'pending_customer_review')
      throw new Refusal('Unmatched result not found', 404);
    return found;
  }

  #managedOrder(decisionCode: MatchDecisionCode.Raw): LiveOrder {
    this.#count += 1;
    const own = this.#world.source.fork(`managed/${this.#count}`);
    const live = this.#newOrder(own, {});
    const { story, order } = live;
    if (decisionCode === 'match_cancelled') story.move(order, 'cancelled');
    if (decisionCode === 'match_completed') {
      sampleTaken(story, order);
      complete(story, order);
    }
    return live;
  }

  /** An order for a patient who has none. */
  #orderFor(userId: string, { story }: LiveOrder): LiveOrder {
    this.#count += 1;
    const clientUserId = `user-${userId.slice(0, 8)}`;
    const own = story.random.fork(`accepted/${this.#count}`);
    return this.#newOrder(own, { user: { userId, clientUserId } });
  }

  #newOrder(own: Random, user: { user?: { userId: string; clientUserId: string } }): LiveOrder {
    const { now, teamId, live } = this.#world;
    const patient = fakePatient(own.fork('patient'));
    const story = new Story(own, { startAt: now(), dialect: DOCUMENTED_DIALECT, patient, teamId, ...user });
    live.begin(story);
    const [labTest] = LAB_TESTS;
    const placing = { modality: 'walk_in_test', first: 'requisition_bypassed' } as const;
    const order = story.place({ ...placing, ...(labTest ? { labTest } : {}) });
    return { story, order };
  }
}

/** A cancelled or failed order is recreated, a completed one corrected. */
function attach({ story, order }: LiveOrder, decisionCode: UnmatchedResult.Raw['decision_code']): Order {
  const { low } = newestEvent(order);
  if (['completed', 'corrected', 'redraw_available'].includes(low)) {
    correct(story, order, { wait: false });
    return order;
  }
  const isReplaced = isOver(low) || decisionCode === 'wrong_lab';
  const target = isReplaced
    ? story.place({
        modality: order.modality,
        origin: 'recreation',
        parent: order,
        first: 'requisition_bypassed',
      })
    : order;
  if (isReplaced && !isOver(low)) story.move(order, 'cancelled');
  if (target.resultsExpectedAt === null) sampleTaken(story, target);
  complete(story, target);
  return target;
}
