import manifest from '../../package.json' with { type: 'json' };

/** The version of what is deployed. It stands in package.json and nowhere else. */
export const { version } = manifest;
