import type { Milliseconds } from '../domain/duration.ts';
import type { Projection } from '../use-cases/recompute.ts';
import type { TeamContext } from '../use-cases/team-visibility.ts';
import type { Cursors } from './cursors.ts';

/** What the routes of the query function work with. */
export interface QueryContext extends TeamContext {
  readonly projection: Projection;
  readonly cursors: Pick<Cursors, 'open' | 'seal'>;
  readonly clock: () => Date;
  /** How long a critical result may be open. */
  readonly criticalWithin: Milliseconds;
  /** The OpenAPI document as JSON. */
  readonly readOpenApi: () => Promise<string>;
  /** The token endpoint of programs, or the discovery document of the deployer's issuer. */
  readonly tokensFrom: string;
}
