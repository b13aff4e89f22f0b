import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';
import type { FunctionCode } from './bundles.ts';

export interface BundleOptions {
  /** Contains a folder per function with a handler.ts that exports `handler`. */
  readonly functionsDirectory: string;
  /** The files that functions read at run time, by function; copied beside its bundle. */
  readonly files?: Readonly<Record<string, readonly string[]>>;
  /** Receives `<name>/index.js` per function, and `meta.json` (esbuild's metafile) for sizes. */
  readonly outputDirectory: string;
}

/**
 * Modules that the SDK imports on demand and never needs in Lambda: credential providers for other environments, because a
 * function has credentials in its environment, which the SDK checks first. They make up a large part of a bundle and slow down
 * its start.
 */
const neverLoaded = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/** The esbuild options of every bundle. */
export const bundling = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  external: neverLoaded,
  alias: { '@smithy/core/event-streams': join(import.meta.dirname, 'no-event-streams.ts') },
  // The SDK imports node:http on demand, and Node then evaluates all its exports, among them a WebSocket client: 12 ms. A require
  // evaluates what is used.
  supported: { 'dynamic-import': false },
  minify: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"', 'import.meta.dirname': '__dirname' },
  metafile: true,
  write: false,
  logLevel: 'error',
} as const satisfies BuildOptions;

/**
 * Bundles every functions/<name>/handler.ts in one esbuild run, which parses shared modules once. The output is CommonJS,
 * because it loads faster in Lambda than ES modules. The same sources give the same bytes, so that an unchanged function
 * keeps its asset hash and is not deployed again.
 *
 * @throws {Error} if a source does not compile; the returned function throws for a name without a handler
 */
export function bundleFunctions(options: BundleOptions): FunctionCode {
  const { functionsDirectory, outputDirectory, files = {} } = options;
  const names = functionNames(functionsDirectory);
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: resolve(functionsDirectory, '..'),
    entryPoints: Object.fromEntries(
      names.map((name) => [`${name}/index`, join(resolve(functionsDirectory), name, 'handler.ts')]),
    ),
    outdir: resolve(outputDirectory),
    ...bundling,
  });
  removeAllExcept(names, outputDirectory);
  for (const file of outputFiles) replaceIfChanged(file.path, file.contents);
  for (const [name, paths] of Object.entries(files)) {
    for (const path of paths) {
      replaceIfChanged(join(outputDirectory, name, basename(path)), readFileSync(path));
    }
  }
  // The repository's package.json declares ES modules. This one makes Node load the bundles as CommonJS.
  replaceIfChanged(join(outputDirectory, 'package.json'), Buffer.from('{ "type": "commonjs" }\n'));
  replaceIfChanged(join(outputDirectory, 'meta.json'), Buffer.from(JSON.stringify(metafile)));

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

function removeAllExcept(names: readonly string[], outputDirectory: string): void {
  if (!existsSync(outputDirectory)) return;
  for (const entry of readdirSync(outputDirectory, { withFileTypes: true })) {
    if (entry.isDirectory() && !names.includes(entry.name)) {
      rmSync(join(outputDirectory, entry.name), { recursive: true });
    }
  }
}

/** Replaces the file atomically, because a local stack may load it at the same time. */
function replaceIfChanged(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, contents);
  renameSync(unfinished, path);
}
