import { type BuildOptions, buildSync, type Metafile, type TransformOptions, transformSync } from 'esbuild';

interface Built {
  readonly outputFiles: readonly { readonly path: string; readonly contents: Uint8Array }[];
  readonly metafile: Metafile;
}

/**
 * Bundles a function into a file for its start, and files for what it imports on demand. esbuild splits only ES modules, which Node
 * loads more slowly, so each file is turned into CommonJS afterwards.
 *
 * @param output how CommonJS is written
 */
export function bundleInParts(
  options: BuildOptions & { readonly metafile: true; readonly write: false },
  output: TransformOptions,
): Built {
  const asModules = { format: 'esm', splitting: true, supported: {} } as const;
  const { outputFiles, metafile } = buildSync({ ...options, ...asModules });
  const files = outputFiles.map(({ path, text }) => ({
    path,
    contents: Buffer.from(transformSync(text, output).code),
  }));
  return { metafile, outputFiles: files };
}
