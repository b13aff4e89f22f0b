import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { bundleFunctions } from '../lib/bundling/function-bundles.ts';

/** Bundles of the reference function, which has only a DynamoDB client. */
export interface References {
  /** With all dependencies of the client. */
  readonly plain: string;
  /** Bundled with the options of our functions, without the modules that they exclude. */
  readonly lean: string;
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
  return { plain, lean: join(lean, NAME, 'index.js') };
}
