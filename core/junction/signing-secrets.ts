import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readSecret, SecretCache } from '../aws/secret-cache.ts';
import { type SigningKey, signingKey } from './signature.ts';

/** The secret holds no `whsec_…` yet: the deployer has still to store the one of Junction's dashboard. */
export class SigningSecretMissing extends Error {
  override readonly name = 'SigningSecretMissing';
}

/**
 * The secrets whose signatures are valid: the current and the previous one, so that none is refused while a new
 * one is put in place, here and at Junction, in whichever order.
 */
export class SigningSecrets {
  readonly #keys: SecretCache<readonly SigningKey[]>;

  constructor(client: SecretsManagerClient, secretId: string) {
    this.#keys = new SecretCache(async (signal) => {
      const inStage = async (VersionStage: string) =>
        keysIn(await readSecret(client, { SecretId: secretId, VersionStage }, signal));
      // A secret that was never changed has no previous version.
      const [current, previous] = await Promise.all([inStage('AWSCURRENT'), inStage('AWSPREVIOUS')]);
      return current.length === 0 ? null : [...current, ...previous];
    });
  }

  /** The keys to try. Throws SigningSecretMissing while there is none. */
  async keys(now: Date): Promise<readonly SigningKey[]> {
    return orMissing(await this.#keys.read(now));
  }

  /** The keys read again, unless that was tried a moment ago or fails: then null. Throws SigningSecretMissing. */
  async fresher(now: Date): Promise<readonly SigningKey[] | null> {
    const keys = await this.#keys.fresher(now);
    return keys === undefined ? null : orMissing(keys);
  }
}

function orMissing(keys: readonly SigningKey[] | null): readonly SigningKey[] {
  if (keys === null) throw new SigningSecretMissing('The webhook secret holds no whsec_… value.');
  return keys;
}

/** One secret, or several with commas between. */
function keysIn(secret: string | null): SigningKey[] {
  return (secret ?? '').split(',').flatMap((one) => signingKey(one.trim()) ?? []);
}
