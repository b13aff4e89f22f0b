import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { bundleFunctions } from '../lib/bundling/function-bundles.ts';

/** Files of the function that ours are measured against, which has nothing but a DynamoDB client. */
export interface References {
  /** With everything the client brings along. */
  readonly plain: string;
  /** Bundled just as ours are, without what they leave out. */
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
