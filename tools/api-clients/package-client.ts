import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { generateHeyApiClient } from './generators.ts';
import { command, generated } from './paths.ts';
import { runNode } from './run-node.ts';

/**
 * Generates the client of the package, and writes it as one ES module with its declarations. What it needs of ky is in both.
 *
 * @param folder gets index.js and the declarations; `types` of its exports is packaged-client/index.d.ts
 */
export async function writeClient(folder: string): Promise<void> {
  const source = join(generated, 'hey-api');
  rmSync(source, { recursive: true, force: true });
  await generateHeyApiClient(source);
  mkdirSync(folder, { recursive: true });
  const entry = join(import.meta.dirname, 'packaged-client/index.ts');
  await build({
    entryPoints: [entry],
    outfile: join(folder, 'index.js'),
    bundle: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'node20',
    format: 'esm',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'inline',
    logLevel: 'error',
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  await writeDeclarations(entry, folder);
}

async function writeDeclarations(entry: string, folder: string): Promise<void> {
  const all = join(generated, 'types');
  rmSync(all, { recursive: true, force: true });
  await runNode(command('typescript/bin/tsc'), ['--project', dirname(entry)]);
  for (const part of [relative(import.meta.dirname, dirname(entry)), 'generated/hey-api']) {
    cpSync(join(all, part), join(folder, part), { recursive: true });
  }
  const ky = dirname(fileURLToPath(import.meta.resolve('ky')));
  cpSync(ky, join(folder, 'ky'), { recursive: true, filter: (file) => !/\.js(\.map)?$/.test(file) });
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.d.ts')) continue;
    const path = join(folder, file);
    const toKy = `./${relative(dirname(path), join(folder, 'ky/index.js')).split(sep).join('/')}`;
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replaceAll(/(from|import\()( ?)(['"])ky\3/g, `$1$2'${toKy}'`));
  }
}
