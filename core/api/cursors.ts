import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
/** The nonce, and the tag that tells what was altered. */
const HEAD_BYTES = NONCE_BYTES + 16;

/**
 * Opaque places in a list. A cursor is sealed to the list it came from: one that was altered, or given to another
 * list, does not open. What it holds nobody reads: where a page ends, something may stand that is another team's.
 */
export class Cursors {
  readonly #client: SecretsManagerClient;
  readonly #secretId: string;
  #key: Promise<string> | undefined;

  constructor(client: SecretsManagerClient, secretId: string) {
    this.#client = client;
    this.#secretId = secretId;
  }

  /** The cursor for a place in the list of this name. */
  async seal(list: string, place: string): Promise<string> {
    const keys = await this.#keys();
    // The same place always has the same cursor, and no two ever share a nonce.
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

  /** The place a cursor of this list stands for; null where it is none of ours. */
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

  /** A key for each purpose, all of the one secret. */
  async #keys(): Promise<{ nonces: Buffer; places: Buffer }> {
    const secret = await this.#secret();
    const keyFor = (purpose: string) => createHmac('sha256', secret).update(purpose).digest();
    return { nonces: keyFor('nonces of cursors'), places: keyFor('places in cursors') };
  }

  #secret(): Promise<string> {
    this.#key ??= this.#read().catch((error: unknown) => {
      this.#key = undefined;
      throw error;
    });
    return this.#key;
  }

  async #read(): Promise<string> {
    const { SecretString } = await this.#client.send(new GetSecretValueCommand({ SecretId: this.#secretId }));
    if (!SecretString) throw new Error('the cursor secret is empty');
    return SecretString;
  }
}
