import type { Caller } from '../../../core/domain/caller.ts';
import type { Projection } from '../../../core/use-cases/recompute.ts';
import type { TeamContext } from '../../../core/use-cases/team-visibility.ts';
import type { AnswerCache } from '../junction/answer-cache.ts';
import type { OrderingClient } from '../junction/ordering-client.ts';
import type { CataloguedTest, HomeService, LabAccount } from '../rules/circumstances.ts';

/** The dependencies of the ordering use cases. */
export interface OrderingContext extends TeamContext {
  readonly projection: Projection;
  readonly junction: OrderingClient;
  /** Whose key the client has, with several teams. */
  readonly team: string | null;
  /** The caller. */
  readonly caller: Caller;
  readonly catalogue: AnswerCache<CataloguedTest | null>;
  readonly labAccounts: AnswerCache<readonly LabAccount[]>;
  readonly homeServices: AnswerCache<HomeService>;
  readonly clock: () => Date;
}
