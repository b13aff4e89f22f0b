import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundling } from '../../../lib/bundling/function-bundles.ts';
import { deployedPackages, type Lockfile } from '../deployed-packages.ts';
import { licencePage, refusedLicences } from '../licences.ts';
import { sbomOf } from '../sbom.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const lockfile: Lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const ours = deployedPackages(lockfile);

const small: Lockfile = {
  packages: {
    '': { dependencies: { a: '1' } },
    'node_modules/a': {
      version: '1',
      license: 'MIT',
      dependencies: { b: '2' },
      peerDependencies: { c: '1', d: '1' },
      peerDependenciesMeta: { d: { optional: true } },
    },
    'node_modules/a/node_modules/b': { version: '2', license: 'ISC', dependencies: { a: '1' } },
    'node_modules/b': { version: '3', license: 'GPL-3.0' },
    'node_modules/c': { version: '1', license: '(GPL-3.0 OR MIT)' },
    'node_modules/d': { version: '1', license: 'MIT' },
    'node_modules/aws-cdk-lib': { version: '2', license: 'Apache-2.0', dependencies: { b: '3' } },
    'node_modules/@aws-cdk/asset-awscli-v1': { version: '2' },
  },
};

describe('the deployed packages', () => {
  it('are the dependencies with theirs, each in the version that is imported, and what the CDK deploys', () => {
    expect(deployedPackages(small).map(({ name, version }) => `${name}@${version}`)).toEqual([
      '@aws-cdk/asset-awscli-v1@2',
      'a@1',
      'aws-cdk-lib@2',
      'b@2',
      'c@1',
    ]);
  });

  it('include every package in a bundle of a function', () => {
    const handlers = ['redrive', 'query', 'sweep', 'webhook', 'history', 'review', 'quarantine'].map((name) =>
      join(root, 'functions', name, 'handler.ts'),
    );
    const { metafile } = buildSync({
      ...bundling,
      absWorkingDir: root,
      entryPoints: handlers,
      outdir: 'dist/nowhere',
      external: [...bundling.external.filter((path) => !path.endsWith('event-streams'))],
      minify: false,
    });
    const bundled = Object.keys(metafile.inputs).flatMap(
      (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
    );
    expect(bundled.length).toBeGreaterThan(100);
    const names = new Set(ours.map(({ name }) => name));
    expect([...new Set(bundled)].filter((name) => !names.has(name))).toEqual([]);
  });

  it('have allowed licences', () => {
    expect(refusedLicences(ours)).toEqual([]);
    expect(refusedLicences(deployedPackages(small)).map(({ name }) => name)).toEqual([
      '@aws-cdk/asset-awscli-v1',
    ]);
    const both = {
      name: 'e',
      version: '1',
      license: 'MIT AND GPL-3.0',
      place: '',
      integrity: '',
      dependsOn: [],
    };
    expect(refusedLicences([both])).toEqual([both]);
  });

  it('are those in docs/project/licences.md; npm run sbom writes it', () => {
    expect(readFileSync(join(root, 'docs', 'project', 'licences.md'), 'utf8')).toBe(licencePage(ours));
  });
});

describe('the bill of materials', () => {
  it('has each package with its licence, hash and dependencies, and the same bytes each time', () => {
    const project = { name: 'project', version: '1', license: 'MIT' };
    const integrity = `sha512-${Buffer.from('archive').toString('base64')}`;
    const packages = [
      { name: '@a/a', version: '1', license: '(MIT OR ISC)', place: '', integrity, dependsOn: ['b@1'] },
      { name: 'b', version: '1', license: 'ISC', place: '', integrity, dependsOn: [] },
    ];
    expect(sbomOf(project, packages)).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      components: [
        {
          'bom-ref': '@a/a@1',
          purl: 'pkg:npm/%40a/a@1',
          licenses: [{ expression: '(MIT OR ISC)' }],
          hashes: [{ alg: 'SHA-512', content: Buffer.from('archive').toString('hex') }],
        },
        { name: 'b', licenses: [{ license: { id: 'ISC' } }] },
      ],
      dependencies: [
        { ref: '@a/a@1', dependsOn: ['b@1'] },
        { ref: 'b@1', dependsOn: [] },
      ],
    });
    expect(JSON.stringify(sbomOf(project, packages))).toBe(JSON.stringify(sbomOf(project, packages)));
  });

  it('names only dependencies that it has', () => {
    const refs = new Set(ours.map(({ name, version }) => `${name}@${version}`));
    expect(ours.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
    expect(ours.filter(({ integrity }) => !integrity.startsWith('sha512-'))).toEqual([]);
  });
});
