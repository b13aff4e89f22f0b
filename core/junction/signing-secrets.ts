import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readBothVersions, SecretCache } from '../aws/secret-cache.ts';
import {
  type Headers,
  type SignatureFault,
  type SigningKey,
  signatureFault,
  signingKey,
} from './signature.ts';

/** Which signing secrets are refused: anybody could have tried out or read them. */
export interface SecretRules {
  readonly minBytes: number;
  /** The fingerprints of published secrets. */
  readonly refused: ReadonlySet<string>;
}

/** The secret holds no usable `whsec_…` value. The deployer has to store the one from Junction's dashboard. */
export class SigningSecretMissing extends Error {
  override readonly name = 'SigningSecretMissing';
}

/**
 * The secrets whose signatures are valid: the current and the previous one. So no webhook is refused while a secret is
 * replaced here and at Junction, in either order.
 */
export class SigningSecrets {
  readonly #keys: SecretCache<readonly SigningKey[]>;

  constructor(client: SecretsManagerClient, secretId: string, rules: SecretRules) {
    const acceptedIn = (secret: string) => keysIn(secret).filter((key) => isAccepted(key, rules));
    this.#keys = new SecretCache((signal) => readBothVersions(client, secretId, acceptedIn, signal));
  }

  /** Reads the secrets before the first delivery. Never fails: without them, the first delivery tries again. */
  readEarly(now: Date): Promise<void> {
    return this.#keys.readEarly(now);
  }

  /**
   * Why a delivery is not signed with one of the secrets; null if it is. Throws SigningSecretMissing if there is none.
   *
   * @param body the raw bytes
   */
  async faultIn(body: Buffer, headers: Headers, now: Date): Promise<SignatureFault | null> {
    const fault = signatureFault(body, headers, await this.keys(now));
    if (fault?.kind !== 'signature') return fault;
    // The secret may have just been rotated.
    const fresher = await this.fresher(now);
    return fresher ? signatureFault(body, headers, fresher) : fault;
  }

  /** The keys to try. Throws SigningSecretMissing if there is none. */
  async keys(now: Date): Promise<readonly SigningKey[]> {
    return orMissing(await this.#keys.read(now));
  }

  /** Reads the keys again; null if that fails or was tried a moment ago. Throws SigningSecretMissing if there is none. */
  async fresher(now: Date): Promise<readonly SigningKey[] | null> {
    const keys = await this.#keys.fresher(now);
    return keys === undefined ? null : orMissing(keys);
  }
}

function orMissing(keys: readonly SigningKey[] | null): readonly SigningKey[] {
  if (keys === null)
    throw new SigningSecretMissing(
      'The webhook secret holds no whsec_… value, or one that is too short or published.',
    );
  return keys;
}

const isAccepted = ({ length, fingerprint }: SigningKey, { minBytes, refused }: SecretRules): boolean =>
  length >= minBytes && !refused.has(fingerprint);

/** The keys in one secret, or in several that commas separate. */
function keysIn(secret: string): SigningKey[] {
  return secret.split(',').flatMap((one) => signingKey(one.trim()) ?? []);
}
