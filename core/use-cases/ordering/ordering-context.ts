import type { Caller } from '../../domain/caller.ts';
import type { CataloguedTest, HomeService } from '../../domain/placing/circumstances.ts';
import type { OrderingClient } from '../../junction/ordering/ordering-client.ts';
import type { Remembered } from '../../junction/ordering/remembered.ts';
import type { Projection } from '../recompute.ts';
import type { TeamContext } from '../team-visibility.ts';

/** The dependencies of the ordering use cases. */
export interface OrderingContext extends TeamContext {
  readonly projection: Projection;
  readonly junction: OrderingClient;
  /** The caller. */
  readonly caller: Caller;
  readonly catalogue: Remembered<CataloguedTest | null>;
  readonly homeServices: Remembered<HomeService>;
  readonly clock: () => Date;
}
