import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';

/** Returns the deployable code of a function by its name. */
export type FunctionCode = (name: string) => Code;

/** What the constructs deploy, built. */
export interface Bundles {
  readonly functionCode: FunctionCode;
  /** The folder with the built dashboard; undefined if none is built. */
  readonly builtPage: string | undefined;
}

/**
 * The bundles in the package, which is built into one file beside them.
 *
 * @throws {Error} outside the package
 */
export function prebuiltBundles(folder: string = import.meta.dirname): Bundles {
  const functions = join(folder, 'functions');
  if (!existsSync(functions)) {
    throw new Error(
      `There are no built functions in ${functions}. Use the package that npm run package writes, or set "bundles".`,
    );
  }
  return {
    functionCode: (name) => Code.fromAsset(join(functions, name)),
    builtPage: join(folder, 'dashboard'),
  };
}
