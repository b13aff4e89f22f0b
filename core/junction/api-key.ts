import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/** How long the key is used before it is read again (ms). */
const MAX_AGE = 300_000;

/** The key for Junction's API, as Secrets Manager holds it now. */
export class ApiKey {
  readonly #client: SecretsManagerClient;
  readonly #secretId: string;
  #held: { readonly key: string | null; readonly readAt: number } | undefined;

  constructor(client: SecretsManagerClient, secretId: string) {
    this.#client = client;
    this.#secretId = secretId;
  }

  /** The key; null while the deployer has put none in. A placeholder is JSON, a key is not. */
  async read(now: Date): Promise<string | null> {
    if (!this.#held || now.getTime() - this.#held.readAt > MAX_AGE) {
      const secret = (await this.#secret())?.trim() ?? '';
      this.#held = { key: secret === '' || secret.startsWith('{') ? null : secret, readAt: now.getTime() };
    }
    return this.#held.key;
  }

  async #secret(): Promise<string | undefined> {
    try {
      const command = new GetSecretValueCommand({ SecretId: this.#secretId });
      return (await this.#client.send(command)).SecretString;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }
}
