/**
 * Writes the bill of materials of what is deployed to dist/sbom.cdx.json (CycloneDX), and the list of its licences to
 * docs/project/licences.md. Fails for a licence that is not allowed. docs/project/supply-chain.md describes both.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { deployedPackages } from './deployed-packages.ts';
import { licencePage, refusedLicences } from './licences.ts';
import { sbomOf } from './sbom.ts';

const root = join(import.meta.dirname, '..', '..');
const packages = deployedPackages(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
writeFileSync(join(root, 'docs', 'project', 'licences.md'), licencePage(packages));

const sbom = sbomOf(manifest, packages);
mkdirSync(join(root, 'dist'), { recursive: true });
writeFileSync(join(root, 'dist', 'sbom.cdx.json'), `${JSON.stringify(sbom, null, 2)}\n`);
console.log(`dist/sbom.cdx.json: ${packages.length} packages`);

for (const { name, version, license } of refusedLicences(packages)) {
  console.error(
    `${name} ${version} has the licence ${license}, which tools/sbom/licences.ts does not allow.`,
  );
  process.exitCode = 1;
}
