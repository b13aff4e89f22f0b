import { REGION } from '../template/intrinsics.ts';

/** The engine requires credentials but does not check them. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Settings of an AWS SDK client for a local endpoint. */
export function localClientSettings(endpoint: string) {
  return { endpoint, region: REGION, credentials: LOCAL_CREDENTIALS };
}

/**
 * The `Authorization` header of a request for the database, with the local credentials instead of the caller's. DynamoDB
 * Local keeps a separate database for each access key and region:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.UsageNotes.html
 */
export function localAuthorization(authorization: string): string {
  return authorization.replace(
    /\bCredential=[^/]+\/([^/]+)\/[^/]+\//,
    `Credential=${LOCAL_CREDENTIALS.accessKeyId}/$1/${REGION}/`,
  );
}
