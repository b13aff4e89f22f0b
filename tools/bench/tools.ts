import type { Assembly } from './deployment.ts';
import type { References } from './reference-bundles.ts';

/** What every part of the benchmark measures. */
export interface Tools {
  readonly assembly: Assembly;
  readonly references: References;
}
