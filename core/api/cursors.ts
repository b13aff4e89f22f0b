import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readSecret, SecretCache } from '../aws/secret-cache.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
/** The nonce and the authentication tag. */
const HEAD_BYTES = NONCE_BYTES + 16;

interface Keys {
  readonly nonces: Buffer;
  readonly places: Buffer;
}

/**
 * Opaque positions in lists. A cursor is bound to its list: an altered one, or one of another list, is invalid. It is
 * encrypted, because the last entry of a page can be of another team.
 */
export class Cursors {
  readonly #secret: SecretCache<Keys>;
  readonly #clock: () => Date;

  /** @param clientOf creates the client when the first list has a further page: few requests read one */
  constructor(clientOf: () => SecretsManagerClient, secretId: string, clock: () => Date) {
    let client: SecretsManagerClient | undefined;
    this.#clock = clock;
    this.#secret = new SecretCache(async (signal) => {
      client ??= clientOf();
      const secret = await readSecret(client, { SecretId: secretId }, signal);
      return secret ? keysOf(secret) : null;
    });
  }

  /** The cursor for a position in the list with this name. */
  async seal(list: string, place: string): Promise<string> {
    const keys = await this.#keys();
    // Derived from its content, so that equal positions have equal cursors and different ones never share a nonce.
    const nonce = createHmac('sha256', keys.nonces)
      .update(JSON.stringify([list, place]))
      .digest();
    const cipher = createCipheriv(CIPHER, keys.places, nonce.subarray(0, NONCE_BYTES));
    cipher.setAAD(Buffer.from(list));
    const sealed = [cipher.update(place, 'utf8'), cipher.final()];
    return Buffer.concat([nonce.subarray(0, NONCE_BYTES), cipher.getAuthTag(), ...sealed]).toString(
      'base64url',
    );
  }

  /** The position of a cursor of this list; null if the cursor is invalid. */
  async open(list: string, cursor: string): Promise<string | null> {
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length <= HEAD_BYTES || bytes.toString('base64url') !== cursor) return null;
    const { places } = await this.#keys();
    const decipher = createDecipheriv(CIPHER, places, bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(list)).setAuthTag(bytes.subarray(NONCE_BYTES, HEAD_BYTES));
    const place = decipher.update(bytes.subarray(HEAD_BYTES));
    try {
      return Buffer.concat([place, decipher.final()]).toString();
    } catch {
      return null;
    }
  }

  async #keys(): Promise<Keys> {
    const keys = await this.#secret.read(this.#clock());
    if (keys === null) throw new Error('the cursor secret is empty');
    return keys;
  }
}

/** Derives a key for each purpose from one secret. */
function keysOf(secret: string): Keys {
  const keyFor = (purpose: string) => createHmac('sha256', secret).update(purpose).digest();
  return { nonces: keyFor('nonces of cursors'), places: keyFor('places in cursors') };
}
