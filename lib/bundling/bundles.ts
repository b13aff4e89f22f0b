import type { FunctionCode } from './function-bundles.ts';

/** What the constructs deploy, built. */
export interface Bundles {
  /** Returns the deployable code of a function by its name. */
  readonly functionCode: FunctionCode;
  /** The folder with the built dashboard; undefined if none is built. */
  readonly builtPage: string | undefined;
}
