import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync, type Metafile, type TransformOptions } from 'esbuild';
import { bundleInParts } from './bundle-in-parts.ts';
import type { FunctionCode } from './bundles.ts';

export interface BundleOptions {
  /** Contains a folder per function with a handler.ts that exports `handler`. */
  readonly functionsDirectory: string;
  /** The files that functions read at run time, by function; copied beside its bundle. */
  readonly files?: Readonly<Record<string, readonly string[]>>;
  /** Receives `<name>/index.js` per function, and `meta.json` (esbuild's metafile) for sizes. */
  readonly outputDirectory: string;
  /** Whether the bundles keep the modules in whose place ours have smaller ones. */
  readonly keepsModules?: boolean;
}

/** The functions that load a part of their code only when a request needs it. */
const IN_PARTS: ReadonlySet<string> = new Set(['query']);

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

/** How esbuild writes JavaScript. */
const output = {
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  // The SDK imports node:http on demand, and Node then evaluates all its exports, among them a WebSocket client: 12 ms. A require
  // evaluates what is used.
  supported: { 'dynamic-import': false },
  minify: true,
  legalComments: 'none',
} as const satisfies TransformOptions;

/** Modules in whose place a bundle has a smaller one of ours. */
const replaced = (name: string) => join(import.meta.dirname, 'replaced', name);

/** The esbuild options of every bundle. */
export const bundling = {
  ...output,
  bundle: true,
  // What documents say of schemas is not deployed.
  dropLabels: ['DOCS'],
  mainFields: ['module', 'main'],
  external: neverLoaded,
  alias: {
    '@smithy/core/event-streams': replaced('event-streams.ts'),
    'fast-sha256': replaced('fast-sha256.ts'),
  },
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
  const { functionsDirectory, outputDirectory, files = {}, keepsModules = false } = options;
  const names = functionNames(functionsDirectory);
  const entryPoint = (name: string) => ({
    [`${name}/index`]: join(resolve(functionsDirectory), name, 'handler.ts'),
  });
  const paths = { absWorkingDir: resolve(functionsDirectory, '..'), outdir: resolve(outputDirectory) };
  const whole = buildSync({
    ...paths,
    entryPoints: Object.assign({}, ...names.filter((name) => !IN_PARTS.has(name)).map(entryPoint)),
    ...bundling,
    ...(keepsModules && { alias: {} }),
  });
  const inParts = names
    .filter((name) => IN_PARTS.has(name))
    .map((name) => {
      const options = { ...bundling, ...paths, entryPoints: entryPoint(name) };
      return bundleInParts({ ...options, chunkNames: `${name}/[hash]` }, output);
    });
  const metafile: Metafile = { inputs: {}, outputs: {} };
  removeAllExcept(names, outputDirectory);
  for (const built of [whole, ...inParts]) {
    Object.assign(metafile.inputs, built.metafile.inputs);
    Object.assign(metafile.outputs, built.metafile.outputs);
    for (const file of built.outputFiles) replaceIfChanged(file.path, file.contents);
  }
  removeOtherParts(metafile, outputDirectory);
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

/** Removes the parts of earlier builds, which have other names. */
function removeOtherParts({ outputs }: Metafile, outputDirectory: string): void {
  for (const name of IN_PARTS) {
    const folder = join(outputDirectory, name);
    const built = new Set(Object.keys(outputs).map((path) => basename(path)));
    const files = existsSync(folder) ? readdirSync(folder) : [];
    for (const file of files.filter((one) => one.endsWith('.js') && !built.has(one)))
      rmSync(join(folder, file));
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
