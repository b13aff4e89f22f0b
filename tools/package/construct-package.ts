import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { buildBundles, builtFunctions } from '../../lib/bundling/build-bundles.ts';
import manifest from '../../package.json' with { type: 'json' };
import { clientExport } from '../api-clients/client-export.ts';
import { writeClient } from '../api-clients/package-client.ts';
import { bundledPackages } from '../sbom/deployed-packages.ts';
import { withAbsoluteLinks } from './absolute-links.ts';
import { peerRanges } from './peers.ts';
import { thirdPartyLicences } from './third-party-licences.ts';

const run = promisify(execFile);

/** Files and folders that the constructs read at synthesis, by their names beside the one file they are bundled into. */
const filesOfConstructs = {
  'single-page-routing.js': 'lib/dashboard/single-page-routing.js',
  messages: 'capabilities/messages/texts',
};

const README = 'tools/package/README.md';

/** By which the registries of packages find it. */
const keywords = ['aws', 'aws-cdk', 'cdk', 'construct', 'junction', 'lab-orders', 'redraw', 'webhooks'];

/**
 * Writes the npm package with the constructs: one JavaScript file, type declarations, built functions and dashboard.
 * Nothing is built where it is used. The file is CommonJS: apps made by `cdk init` are, and ES modules can import it too.
 *
 * @param root the repository
 * @param folder is replaced
 * @param repository its web address, to which the links of the README lead
 */
export async function writeConstructPackage(root: string, folder: string, repository: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // The declarations are written by another process while this one builds.
  const [{ builtPage = '' }] = await Promise.all([
    buildBundles(root, { withDashboard: true }),
    writeDeclarations(root, folder),
    writeClient(join(folder, 'client')),
  ]);
  cpSync(builtPage, join(folder, 'dashboard'), { recursive: true });
  for (const entry of readdirSync(join(root, builtFunctions), { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    cpSync(join(root, builtFunctions, entry.name), join(folder, 'functions', entry.name), {
      recursive: true,
    });
  }
  await bundleConstructs(root, folder);
  for (const [name, file] of Object.entries(filesOfConstructs)) {
    cpSync(join(root, file), join(folder, name), { recursive: true });
  }
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  const lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  writeFileSync(join(folder, 'THIRD-PARTY-LICENSES'), thirdPartyLicences(root, bundledPackages(lockfile)));
  const readme = readFileSync(join(root, README), 'utf8');
  writeFileSync(join(folder, 'README.md'), withAbsoluteLinks(readme, README, repository));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(packageManifest(repository), null, 2)}\n`);
}

async function bundleConstructs(root: string, folder: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'lib', 'index.ts')],
    outfile: join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: Object.keys(peerRanges).flatMap((peer) => [peer, `${peer}/*`]),
    define: { 'import.meta.dirname': '__dirname' },
    legalComments: 'inline',
    logLevel: 'error',
  });
}

/** The repository's dependencies are in the bundles, so the package has none. */
function packageManifest(repository: string) {
  const { name, version, description, license, engines } = manifest;
  return {
    name,
    version,
    description,
    keywords,
    homepage: repository,
    repository: { type: 'git', url: `git+${repository}.git` },
    license,
    engines,
    type: 'commonjs',
    main: './index.js',
    types: './types/lib/index.d.ts',
    exports: {
      '.': { types: './types/lib/index.d.ts', default: './index.js' },
      './client': clientExport,
      './package.json': './package.json',
    },
    peerDependencies: peerRanges,
  };
}

/** Writes the declarations of the entry and of what it mentions. */
async function writeDeclarations(root: string, folder: string): Promise<void> {
  const all = join(folder, 'all-types');
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await run(process.execPath, [tsc, '-p', join(root, 'tsconfig.package.json'), '--outDir', all], {
    cwd: root,
  });
  copyDeclaration(join(all, 'lib', 'index.d.ts'), all, join(folder, 'types'));
  rmSync(all, { recursive: true });
}

/** Copies a declaration and those it imports, with imports as a compiler without our settings resolves them. */
function copyDeclaration(file: string, from: string, to: string): void {
  const target = join(to, relative(from, file));
  if (existsSync(target)) return;
  const text = readFileSync(file, 'utf8');
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  for (const [, path = ''] of text.matchAll(/from '(\.[^']*)\.ts'/g)) {
    copyDeclaration(join(dirname(file), `${path}.d.ts`), from, to);
  }
}
