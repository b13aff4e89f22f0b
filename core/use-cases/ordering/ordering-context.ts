import type { Caller } from '../../domain/caller.ts';
import type { CataloguedTest, HomeService } from '../../domain/placing/circumstances.ts';
import type { OrderingClient } from '../../junction/ordering/ordering-client.ts';
import type { Remembered } from '../../junction/ordering/remembered.ts';
import type { Projection } from '../recompute.ts';
import type { TeamContext } from '../team-visibility.ts';

/** What placing, booking and cancelling work with. */
export interface OrderingContext extends TeamContext {
  readonly projection: Projection;
  readonly junction: OrderingClient;
  /** Who asks. */
  readonly caller: Caller;
  readonly catalogue: Remembered<CataloguedTest | null>;
  readonly homeServices: Remembered<HomeService>;
  readonly clock: () => Date;
}
