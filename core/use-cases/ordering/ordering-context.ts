import type { Caller } from '../../domain/caller.ts';
import type { CataloguedTest, HomeService, LabAccount } from '../../domain/placing/circumstances.ts';
import type { AnswerCache } from '../../junction/ordering/answer-cache.ts';
import type { OrderingClient } from '../../junction/ordering/ordering-client.ts';
import type { Projection } from '../recompute.ts';
import type { TeamContext } from '../team-visibility.ts';

/** The dependencies of the ordering use cases. */
export interface OrderingContext extends TeamContext {
  readonly projection: Projection;
  readonly junction: OrderingClient;
  /** The caller. */
  readonly caller: Caller;
  readonly catalogue: AnswerCache<CataloguedTest | null>;
  readonly labAccounts: AnswerCache<readonly LabAccount[]>;
  readonly homeServices: AnswerCache<HomeService>;
  readonly clock: () => Date;
}
