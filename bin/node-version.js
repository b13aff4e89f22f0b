// Plain JavaScript, loaded first by the npm scripts and cdk.json: an older Node fails on TypeScript without saying why.
// Lambda runs the functions on Node 24, so they are run and bundled on Node 24 here too.
import module from 'node:module';
import { join } from 'node:path';

const needed = 24;
const found = Number(process.versions.node.split('.')[0]);

if (found !== needed) {
  console.error(
    `The functions run on Node ${needed}, as on Lambda, but this is Node ${process.versions.node}. ` +
      'Run `npm ci` with optional dependencies (on Linux they install Node 24 into node_modules/.bin, ' +
      `which npm and npx use), or put Node ${needed} first on the PATH.`,
  );
  process.exit(1);
}

// Enables Node's compile cache, which saves over a third of the CPU time of the next start.
module.enableCompileCache(join(import.meta.dirname, '..', 'dist', 'compile-cache'));
