import { type DeployedPackage, refOf } from './deployed-packages.ts';

export interface Project {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/**
 * The bill of materials of a project as CycloneDX 1.6, the same bytes for the same packages: without a serial number and a
 * time, which are optional.
 * https://cyclonedx.org/docs/1.6/json/
 */
export function sbomOf(project: Project, packages: readonly DeployedPackage[]): object {
  const { name, version, license } = project;
  const root = refOf(project);
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { 'bom-ref': root, type: 'application', name, version, licenses: licencesOf(license) },
    },
    components: packages.map(componentOf),
    dependencies: packages.map((one) => ({ ref: refOf(one), dependsOn: one.dependsOn })),
  };
}

function componentOf(one: DeployedPackage): object {
  const { name, version, license, integrity } = one;
  return {
    'bom-ref': refOf(one),
    type: 'library',
    name,
    version,
    scope: 'required',
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licenses: licencesOf(license),
    hashes: [
      { alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') },
    ],
  };
}

/** CycloneDX distinguishes a single identifier of SPDX from an expression. */
function licencesOf(license: string): object[] {
  return [/[ (]/.test(license) ? { expression: license } : { license: { id: license } }];
}
