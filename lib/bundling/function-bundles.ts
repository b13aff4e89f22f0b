import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';

/** Gives the deployable code of a function by its name, the name of its folder under functions/. */
export type FunctionCode = (name: string) => Code;

export interface BundleOptions {
  /** Holds one folder per function, each with a handler.ts that exports `handler`. */
  readonly functionsDirectory: string;
  /** Receives `<name>/index.js` per function, and `meta.json` (esbuild's metafile) for sizes. */
  readonly outputDirectory: string;
}

/**
 * What the SDK would load in the midst of a run, and never does in Lambda: ways to find credentials of a developer's
 * machine, a server or a container, since a function has some in its environment, which is looked at first; and streams of
 * events, which none of the services we call answers with. They are near half of a bundle, and what they share with the
 * rest is made ready later and slower for their sake.
 */
const neverLoaded = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/core/event-streams',
  '@smithy/credential-provider-imds',
];

/** How a bundle is made, whichever it is. */
export const bundling = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  external: neverLoaded,
  minify: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  metafile: true,
  write: false,
  logLevel: 'error',
} as const satisfies BuildOptions;

/**
 * Bundles every functions/<name>/handler.ts in one go: one esbuild for all starts once and parses shared modules once.
 * CommonJS, because it loads faster in Lambda than ES modules. The same sources give the same bytes, so
 * that an unchanged function keeps its asset hash and is not deployed again.
 *
 * @throws {Error} when a source does not compile, and later, by the returned function, for a name without handler
 */
export function bundleFunctions({ functionsDirectory, outputDirectory }: BundleOptions): FunctionCode {
  const names = functionNames(functionsDirectory);
  const built = buildSync({
    absWorkingDir: resolve(functionsDirectory, '..'),
    entryPoints: Object.fromEntries(
      names.map((name) => [`${name}/index`, join(resolve(functionsDirectory), name, 'handler.ts')]),
    ),
    outdir: resolve(outputDirectory),
    ...bundling,
  });
  removeOtherThan(names, outputDirectory);
  for (const file of built.outputFiles) replaceIfChanged(file.path, file.contents);
  // The repository is a package of ES modules; a bundle loaded where it lies must not be taken for one.
  replaceIfChanged(join(outputDirectory, 'package.json'), Buffer.from('{ "type": "commonjs" }\n'));
  replaceIfChanged(join(outputDirectory, 'meta.json'), Buffer.from(JSON.stringify(built.metafile)));

  return (name) => {
    if (!names.includes(name)) {
      throw new Error(
        `There is no function "${name}": ${join(functionsDirectory, name, 'handler.ts')} is missing.`,
      );
    }
    return Code.fromAsset(join(outputDirectory, name));
  };
}

function functionNames(functionsDirectory: string): string[] {
  return readdirSync(functionsDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => existsSync(join(functionsDirectory, name, 'handler.ts')))
    .sort();
}

function removeOtherThan(names: readonly string[], outputDirectory: string): void {
  if (!existsSync(outputDirectory)) return;
  for (const entry of readdirSync(outputDirectory, { withFileTypes: true })) {
    if (entry.isDirectory() && !names.includes(entry.name)) {
      rmSync(join(outputDirectory, entry.name), { recursive: true });
    }
  }
}

/** A local run may be loading the bundle this very moment: it sees the old file or the new one, never half. */
function replaceIfChanged(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, contents);
  renameSync(unfinished, path);
}
