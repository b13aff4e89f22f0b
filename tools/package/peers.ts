/**
 * What the app of the user has already: one copy of the CDK must define all constructs of an app. The lowest versions with which
 * the constructs work, and with which `npm run package:peers` tries them.
 */
export const lowestPeers = { 'aws-cdk-lib': '2.269.0', constructs: '10.5.0' } as const;

/** The version before, with which they do not work. The constructs come from what the CDK itself demands. */
export const tooLowPeers = { ...lowestPeers, 'aws-cdk-lib': '2.268.0' } as const;

export type Peers = Readonly<Record<keyof typeof lowestPeers, string>>;

/** The ranges in the manifest of the package. */
export const peerRanges = Object.fromEntries(
  Object.entries(lowestPeers).map(([name, version]) => [name, `^${version}`]),
);
