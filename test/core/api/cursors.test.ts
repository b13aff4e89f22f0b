import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Cursors } from '../../../core/api/cursors.ts';
import { localClientSettings } from '../../../tools/local/database/client-settings.ts';
import {
  type ServiceEndpoint,
  ServiceFault,
  startServiceEndpoint,
} from '../../../tools/local/services/service-endpoint.ts';
import { holdsFor } from '../../property.ts';

const PLACE = '2026-03-01T08:00:00.000000Z#6424dd45-0000-4000-8000-000000000001';

/** Tests advance this clock. */
let now = 0;
const clock = () => new Date(now);

let endpoint: ServiceEndpoint;
let client: SecretsManagerClient;
const secrets: Record<string, string> = { one: 'a'.repeat(40), other: 'b'.repeat(40) };

beforeAll(async () => {
  endpoint = await startServiceEndpoint({
    'secretsmanager.GetSecretValue': ({ SecretId }) => {
      const SecretString = secrets[String(SecretId)];
      if (SecretString === undefined) throw new ServiceFault('ResourceNotFoundException', 'none');
      return { ARN: SecretId, Name: SecretId, SecretString };
    },
  });
  client = new SecretsManagerClient({ ...localClientSettings(endpoint.url), maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

describe('a cursor', () => {
  test('opens to the place that it was sealed for, with any characters', async () => {
    const cursors = new Cursors(() => client, 'one', clock);
    await holdsFor(
      fc.asyncProperty(fc.string(), fc.string({ unit: 'grapheme', minLength: 1 }), async (list, place) => {
        const sealed = await cursors.seal(list, place);
        expect(sealed).toMatch(/^[\w-]+$/);
        expect(await cursors.open(list, sealed)).toBe(place);
      }),
    );
  });

  test('does not reveal its place, in any list', async () => {
    const bytes = Buffer.from(await new Cursors(() => client, 'one', clock).seal('list', PLACE), 'base64url');
    const other = Buffer.from(
      await new Cursors(() => client, 'one', clock).seal('another list', PLACE),
      'base64url',
    );
    for (let start = 0; start + 3 <= PLACE.length; start += 1) {
      expect(bytes.includes(PLACE.slice(start, start + 3))).toBe(false);
    }
    expect(bytes.filter((byte, index) => byte === other[index]).length).toBeLessThan(bytes.length / 4);
  });

  test('does not open if any bit is changed', async () => {
    const cursors = new Cursors(() => client, 'one', clock);
    const sealed = await cursors.seal('list', PLACE);
    const bytes = Buffer.from(sealed, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const turned = Buffer.from(bytes);
      turned.writeUInt8(turned.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(await cursors.open('list', turned.toString('base64url'))).toBeNull();
    }
  });

  test('does not open if it is shortened, extended or encoded differently', async () => {
    const cursors = new Cursors(() => client, 'one', clock);
    const sealed = await cursors.seal('list', PLACE);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(await cursors.open('list', sealed.slice(0, length))).toBeNull();
    }
    for (const other of [
      `${sealed}A`,
      `${sealed}=`,
      ` ${sealed}`,
      `${sealed}\n`,
      sealed.replaceAll('-', '+'),
    ]) {
      if (other !== sealed) expect(await cursors.open('list', other)).toBeNull();
    }
  });

  test('does not open in another list or with another key', async () => {
    const sealed = await new Cursors(() => client, 'one', clock).seal('transactions?status=active', PLACE);
    for (const list of ['transactions?status=', 'transactions?status=completed', '']) {
      expect(await new Cursors(() => client, 'one', clock).open(list, sealed)).toBeNull();
    }
    expect(
      await new Cursors(() => client, 'other', clock).open('transactions?status=active', sealed),
    ).toBeNull();
  });

  test('never opens or throws on random text', async () => {
    const cursors = new Cursors(() => client, 'one', clock);
    await holdsFor(
      fc.asyncProperty(fc.string(), async (text) => {
        expect(await cursors.open('list', text)).toBeNull();
      }),
    );
  });

  test('waits for its key, and retries soon after the key could not be read', async () => {
    const cursors = new Cursors(() => client, 'late', clock);
    await expect(cursors.seal('list', PLACE)).rejects.toThrow();
    secrets.late = '';
    now += 30_000;
    await expect(cursors.seal('list', PLACE)).rejects.toThrow(/empty/);
    secrets.late = 'c'.repeat(40);
    now += 30_000;
    expect(await cursors.open('list', await cursors.seal('list', PLACE))).toBe(PLACE);
  });

  test('is sealed with a new key five minutes after the key was stored', async () => {
    secrets.rotated = 'd'.repeat(40);
    const cursors = new Cursors(() => client, 'rotated', clock);
    const sealed = await cursors.seal('list', PLACE);
    secrets.rotated = 'e'.repeat(40);
    expect(await cursors.open('list', sealed)).toBe(PLACE);
    now += 300_000;
    expect(await cursors.open('list', sealed)).toBeNull();
    expect(await cursors.open('list', await cursors.seal('list', PLACE))).toBe(PLACE);
  });
});
