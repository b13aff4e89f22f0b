import type { Receiving } from '../use-cases/receive-webhook.ts';
import type { Projection } from '../use-cases/recompute.ts';
import type { Shown } from '../use-cases/team-visibility.ts';
import type { Cursors } from './cursors.ts';

/** What the query API answers from. */
export interface Answering extends Shown {
  readonly projection: Projection;
  readonly cursors: Cursors;
  /** What takes in what was quarantined. */
  readonly receiving: Receiving;
  readonly clock: () => Date;
}
