import type { DeployedPackage } from './deployed-packages.ts';

/** Licences that allow use in a product without disclosing its source. Others need a decision first. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'Unlicense',
]);

/** The packages whose licence is not allowed. Of alternatives (`MIT OR GPL-3.0`) one is enough. */
export function refusedLicences(packages: readonly DeployedPackage[]): DeployedPackage[] {
  return packages.filter(
    ({ license }) =>
      !license
        .replaceAll(/[()]/g, '')
        .split(' OR ')
        .some((one) => one.split(' AND ').every((part) => allowed.has(part))),
  );
}

/** The list of licences as a page. */
export function licencePage(packages: readonly DeployedPackage[]): string {
  const byLicence = new Map<string, string[]>();
  for (const { name, version, license } of packages) {
    byLicence.set(license, [...(byLicence.get(license) ?? []), `${name} ${version}`]);
  }
  const sections = [...byLicence]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([licence, names]) => `## ${licence}\n\n${names.map((name) => `- ${name}`).join('\n')}\n`);
  return [
    '# Licences of the deployed code\n',
    'Written by `npm run sbom` from the lockfile; [supply-chain.md](supply-chain.md) says what is in the list.\n',
    ...sections,
  ].join('\n');
}
