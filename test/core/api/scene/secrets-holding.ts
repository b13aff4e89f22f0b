import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** A client of Secrets Manager with this secret, or with what a secret holds before a key is stored. */
export const secretsHolding = (secret: string | null) =>
  ({
    send: async () => ({ SecretString: secret ?? '{"placeholder":"x"}' }),
  }) as unknown as SecretsManagerClient;
