import { createHmac, timingSafeEqual } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const MAC_BYTES = 16;

/**
 * Opaque places in a list. A cursor is sealed to the list it came from: one that was altered, or given to another
 * list, does not open.
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
    const mac = await this.#mac(list, place);
    return Buffer.concat([mac, Buffer.from(place)]).toString('base64url');
  }

  /** The place a cursor of this list stands for; null where it is none of ours. */
  async open(list: string, cursor: string): Promise<string | null> {
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length <= MAC_BYTES || bytes.toString('base64url') !== cursor) return null;
    const place = bytes.subarray(MAC_BYTES).toString();
    return timingSafeEqual(bytes.subarray(0, MAC_BYTES), await this.#mac(list, place)) ? place : null;
  }

  async #mac(list: string, place: string): Promise<Buffer> {
    const key = await this.#secret();
    const text = JSON.stringify([list, place]);
    return createHmac('sha256', key).update(text).digest().subarray(0, MAC_BYTES);
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
