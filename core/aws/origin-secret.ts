import { createHash, timingSafeEqual } from 'node:crypto';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readBothVersions, SecretCache } from './secret-cache.ts';

/**
 * The secret that CloudFront sends: the current and the previous value are valid, so that no request is refused while
 * CloudFront takes over a new one.
 */
export class OriginSecret {
  /** SHA-256 of each value. */
  readonly #digests: SecretCache<readonly Buffer[]>;

  constructor(client: SecretsManagerClient, secretId: string) {
    this.#digests = new SecretCache((signal) => readBothVersions(client, secretId, digestsIn, signal));
  }

  /** Whether the value is valid. Throws if the secret cannot be read or is empty. */
  async matches(given: string, now: Date): Promise<boolean> {
    const known = await this.#digests.read(now);
    if (known === null) throw new Error('The origin secret is empty.');
    if (isAmong(given, known)) return true;
    // The secret may have just been rotated.
    return isAmong(given, (await this.#digests.fresher(now)) ?? []);
  }
}

function isAmong(given: string, digests: readonly Buffer[]): boolean {
  const digest = digestOf(given);
  return digests.some((known) => timingSafeEqual(known, digest));
}

function digestsIn(secret: string): Buffer[] {
  return secret === '' ? [] : [digestOf(secret)];
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
