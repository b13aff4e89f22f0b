import type { Milliseconds } from '../domain/duration.ts';
import type { Team } from '../domain/team.ts';
import type { Projection } from '../use-cases/recompute.ts';
import type { TeamContext } from '../use-cases/team-visibility.ts';
import type { Cursors } from './cursors.ts';

/** What the routes of the query function work with. */
export interface QueryContext extends TeamContext {
  readonly projection: Projection;
  readonly cursors: Cursors;
  readonly clock: () => Date;
  /** How long a critical result may be open. */
  readonly criticalWithin: Milliseconds;
  /** The teams of a deployment of several. */
  readonly teams?: readonly Team[];
  /** The OpenAPI document as JSON. */
  readonly readOpenApi: () => Promise<string>;
}
