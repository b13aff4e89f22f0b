import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type SigningKey, signingKey } from './signature.ts';

/** The secret holds no `whsec_…` yet: the deployer has still to put in the one of Junction's dashboard. */
export class SigningSecretMissing extends Error {
  override readonly name = 'SigningSecretMissing';
}

/** How long a secret is used before it is read again (ms). */
const MAX_AGE = 300_000;
/** How soon a signature that no secret matches may make us look for a newer one (ms). */
const MIN_AGE = 30_000;

/**
 * The secrets whose signatures are valid: the current and the previous one, so that none is refused while a new
 * one is put in place, here and at Junction, in whichever order.
 */
export class SigningSecrets {
  readonly #client: SecretsManagerClient;
  readonly #secretId: string;
  #held: { readonly keys: readonly SigningKey[]; readonly readAt: number } | undefined;

  constructor(client: SecretsManagerClient, secretId: string) {
    this.#client = client;
    this.#secretId = secretId;
  }

  /** The keys to try. Throws SigningSecretMissing while there is none. */
  async keys(now: Date): Promise<readonly SigningKey[]> {
    if (!this.#held) await this.#read(now);
    else if (now.getTime() - this.#held.readAt > MAX_AGE) await this.#refresh(now);
    return this.#held?.keys ?? [];
  }

  /** What was valid a moment ago serves on while Secrets Manager can't be reached. */
  async #refresh(now: Date): Promise<void> {
    try {
      await this.#read(now);
    } catch (error) {
      if (error instanceof SigningSecretMissing) throw error;
    }
  }

  /** The keys read anew, if those at hand are not fresh already; else null. */
  async fresher(now: Date): Promise<readonly SigningKey[] | null> {
    if (this.#held && now.getTime() - this.#held.readAt < MIN_AGE) return null;
    await this.#read(now);
    return this.#held?.keys ?? [];
  }

  async #read(now: Date): Promise<void> {
    const [current, previous] = await Promise.all([this.#stage('AWSCURRENT'), this.#stage('AWSPREVIOUS')]);
    if (current.length === 0) {
      throw new SigningSecretMissing('The webhook secret holds no whsec_… value.');
    }
    this.#held = { keys: [...current, ...previous], readAt: now.getTime() };
  }

  /** The keys of one stage: one secret, or several with commas between. */
  async #stage(VersionStage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<SigningKey[]> {
    try {
      const command = new GetSecretValueCommand({ SecretId: this.#secretId, VersionStage });
      const { SecretString = '' } = await this.#client.send(command);
      return SecretString.split(',').flatMap((secret) => signingKey(secret.trim()) ?? []);
    } catch (error) {
      // A secret that was never changed has no previous version.
      if (error instanceof ResourceNotFoundException) return [];
      throw error;
    }
  }
}
