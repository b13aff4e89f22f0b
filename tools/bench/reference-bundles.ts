import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { bundleFunctions } from '../../lib/bundling/function-bundles.ts';

/** Bundles of functions that only write to DynamoDB. */
export interface References {
  /** A DynamoDB client with all its dependencies. */
  readonly plain: string;
  /** The same client, bundled with the options of our functions, without the modules that they exclude. */
  readonly lean: string;
  /** A signed request without the SDK: the limit of what a function can save. */
  readonly raw: string;
}

const FUNCTIONS = join(import.meta.dirname, 'reference-functions');
const NAME = 'dynamodb-only';

export function referenceBundles(place: string): References {
  const [plain, lean] = [join(place, 'plain', 'index.js'), join(place, 'lean')];
  buildSync({
    entryPoints: [join(FUNCTIONS, NAME, 'handler.ts')],
    outfile: plain,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  bundleFunctions({ functionsDirectory: FUNCTIONS, outputDirectory: lean });
  return { plain, lean: join(lean, NAME, 'index.js'), raw: join(lean, 'raw-request', 'index.js') };
}
