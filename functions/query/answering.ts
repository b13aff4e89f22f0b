import type { Shown } from '../http/team.ts';
import type { Receiving } from '../intake/receive.ts';
import type { Projection } from '../projection/recompute.ts';
import type { Cursors } from './cursors.ts';

/** What the query API answers from. */
export interface Answering extends Shown {
  readonly projection: Projection;
  readonly cursors: Cursors;
  /** What takes in what was quarantined. */
  readonly receiving: Receiving;
  readonly clock: () => Date;
}
