import { REGION } from '../template/intrinsics.ts';

/** The engine requires credentials but does not check them. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Settings of an AWS SDK client for a local endpoint. */
export function localClientSettings(endpoint: string) {
  return { endpoint, region: REGION, credentials: LOCAL_CREDENTIALS };
}
