import manifest from '../../package.json' with { type: 'json' };

/** The deployed version. Only package.json states it. */
export const { version } = manifest;
