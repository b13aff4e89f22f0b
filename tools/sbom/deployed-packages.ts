/** An entry of `packages` in a lockfile of npm, version 3. */
export interface LockedPackage {
  readonly version?: string;
  /** An SPDX expression, as the package declares it. */
  readonly license?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export interface Lockfile {
  /** By place: `node_modules/a/node_modules/b`; the project itself is ''. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface DeployedPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Its folder in the repository: `node_modules/a/node_modules/b`. */
  readonly place: string;
  /** The hash of the package's archive, as npm checks it: `sha512-` and base64. */
  readonly integrity: string;
  /** `name@version` of each package that it depends on and that is deployed too. */
  readonly dependsOn: readonly string[];
}

const FOLDER = 'node_modules/';

/**
 * Development dependencies whose code is deployed nevertheless: the CDK's function that copies the page, and the AWS CLI
 * that it uses. What these packages depend on is not deployed.
 */
const deployedByCdk = ['aws-cdk-lib', '@aws-cdk/asset-awscli-v1'];

/**
 * The packages that a deployment can contain: the project's dependencies, their dependencies, and what the CDK deploys. Bundling
 * leaves out what no function and no page imports, so this is more than what is deployed, and never less.
 *
 * @returns sorted by name and version
 * @throws Error if the lockfile lacks one of them
 */
export function deployedPackages(lockfile: Lockfile): DeployedPackage[] {
  return dependenciesWith(lockfile, deployedByCdk);
}

/** The packages that the npm package can contain: the project's dependencies with theirs, and what sends the requests of its client. */
export function bundledPackages(lockfile: Lockfile): DeployedPackage[] {
  return dependenciesWith(lockfile, ['ky'], 'tools/api-clients');
}

function dependenciesWith({ packages }: Lockfile, more: readonly string[], from = ''): DeployedPackage[] {
  const places = new Set(more.map((name) => placeOf(packages, from, name)));
  const queue = Object.keys(packages['']?.dependencies ?? {}).map((name) => placeOf(packages, '', name));
  for (let place = queue.shift(); place !== undefined; place = queue.shift()) {
    if (places.has(place)) continue;
    places.add(place);
    for (const name of dependenciesOf(packages[place])) queue.push(placeOf(packages, place, name));
  }
  const found = [...places].map((place) => describe(packages, place, places));
  const unique = new Map(found.map((one) => [refOf(one), one]));
  return [...unique].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, described]) => described);
}

function dependenciesOf(locked: LockedPackage = {}): string[] {
  const peers = Object.keys(locked.peerDependencies ?? {}).filter(
    (name) => !locked.peerDependenciesMeta?.[name]?.optional,
  );
  return [...Object.keys(locked.dependencies ?? {}), ...peers];
}

/** Where Node finds a package that the package at a place imports: in the nearest node_modules. */
function placeOf(packages: Lockfile['packages'], from: string, name: string): string {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf(FOLDER) - 1))) {
    const candidate = `${place === '' ? '' : `${place}/`}${FOLDER}${name}`;
    if (packages[candidate]) return candidate;
    if (place === '') throw new Error(`The lockfile has no ${name} for ${from || 'the project'}.`);
  }
}

function describe(
  packages: Lockfile['packages'],
  place: string,
  deployed: ReadonlySet<string>,
): DeployedPackage {
  const { license = 'none declared', integrity = '' } = packages[place] ?? {};
  const dependsOn = dependenciesOf(packages[place])
    .map((name) => placeOf(packages, place, name))
    .filter((one) => deployed.has(one))
    .map((one) => refOf(identityOf(packages, one)));
  return {
    ...identityOf(packages, place),
    license,
    place,
    integrity,
    dependsOn: [...new Set(dependsOn)].sort(),
  };
}

function identityOf(packages: Lockfile['packages'], place: string) {
  const name = place.slice(place.lastIndexOf(FOLDER) + FOLDER.length);
  return { name, version: packages[place]?.version ?? '' };
}

/** `name@version`. */
export const refOf = ({ name, version }: { name: string; version: string }) => `${name}@${version}`;
