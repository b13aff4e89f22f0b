import { REGION } from '../template/intrinsics.ts';

/** What the engine wants to see; it does not check them. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** For an AWS SDK client that talks to this machine. */
export function localClientSettings(endpoint: string) {
  return { endpoint, region: REGION, credentials: LOCAL_CREDENTIALS };
}
