import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readSecret, SecretCache } from '../aws/secret-cache.ts';

/** The key for Junction's API; null while the deployer has stored none. */
export class ApiKey extends SecretCache<string> {
  constructor(client: SecretsManagerClient, secretId: string) {
    super(async (signal) => {
      const key = (await readSecret(client, { SecretId: secretId }, signal))?.trim() ?? '';
      // The placeholder of a new secret is JSON; a key is not.
      return key === '' || key.startsWith('{') ? null : key;
    });
  }
}
