import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signatureFault } from '../../../core/junction/signature.ts';
import { SigningSecretMissing, SigningSecrets } from '../../../core/junction/signing-secrets.ts';
import { DEVELOPMENT_SECRET_FINGERPRINT } from '../../../lib/intake/webhook-endpoint.ts';
import { localClientSettings } from '../../../tools/local/database/client-settings.ts';
import {
  type ServiceEndpoint,
  ServiceFault,
  startServiceEndpoint,
} from '../../../tools/local/services/service-endpoint.ts';
import { DEVELOPMENT_SECRET } from '../../../tools/sandbox/webhooks/endpoint.ts';
import { secretNamed, sign } from './deliveries.ts';

const ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:webhook-local0';
const MINUTE = 60_000;

/** The values in Secrets Manager by stage, and the number of requests. */
let held: { AWSCURRENT?: string; AWSPREVIOUS?: string } = {};
let reads = 0;
let down = false;
let endpoint: ServiceEndpoint;
let client: SecretsManagerClient;

beforeAll(async () => {
  endpoint = await startServiceEndpoint({
    'secretsmanager.GetSecretValue': ({ SecretId, VersionStage }) => {
      reads += 1;
      if (down) throw new ServiceFault('InternalServiceError', 'down');
      const SecretString = SecretId === ARN ? held[VersionStage as keyof typeof held] : undefined;
      if (SecretString === undefined) throw new ServiceFault('ResourceNotFoundException', 'no such value');
      return { ARN, Name: 'webhook', SecretString, VersionId: 'v', VersionStages: [VersionStage] };
    },
  });
  client = new SecretsManagerClient({ ...localClientSettings(endpoint.url), maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

function holding(secrets: typeof held, byTeam = false): SigningSecrets {
  held = secrets;
  reads = 0;
  down = false;
  const rules = { minBytes: 24, refused: new Set([DEVELOPMENT_SECRET_FINGERPRINT]) };
  return new SigningSecrets(client, ARN, rules, byTeam);
}

/** Which of the named secrets can sign a valid delivery. */
function valid(keys: Awaited<ReturnType<SigningSecrets['keys']>>, ...names: string[]): string[] {
  const timestamp = Math.floor(Date.now() / 1_000);
  const body = Buffer.from('{}');
  return names.filter((name) => {
    const signature = sign(secretNamed(name), 'msg', timestamp, body);
    const headers = { 'svix-id': 'msg', 'svix-timestamp': String(timestamp), 'svix-signature': signature };
    return signatureFault(body, headers, keys) === null;
  });
}

const at = (minute: number) => new Date(minute * MINUTE);

describe('the valid secrets', () => {
  test('are the current and the previous one', async () => {
    const secrets = holding({ AWSCURRENT: secretNamed('new'), AWSPREVIOUS: secretNamed('old') });
    expect(valid(await secrets.keys(at(0)), 'new', 'old', 'other')).toEqual(['new', 'old']);
  });

  test('are only the current one if there is no previous one', async () => {
    const secrets = holding({ AWSCURRENT: secretNamed('first') });
    expect(valid(await secrets.keys(at(0)), 'first', 'other')).toEqual(['first']);
  });

  test('do not include the placeholder before the first secret', async () => {
    const secrets = holding({ AWSCURRENT: secretNamed('first'), AWSPREVIOUS: 'put the secret here' });
    expect(await secrets.keys(at(0))).toHaveLength(1);
  });

  test('can be two in one value, with spaces around them', async () => {
    const secrets = holding({ AWSCURRENT: ` ${secretNamed('a')} , ${secretNamed('b')}\n` });
    expect(valid(await secrets.keys(at(0)), 'a', 'b')).toEqual(['a', 'b']);
  });

  test('do not include a short or published one', async () => {
    const [short, accepted] = [secretNamed('short', 23), secretNamed('accepted', 24)];
    const secrets = holding({ AWSCURRENT: `${short},${accepted},${DEVELOPMENT_SECRET}`, AWSPREVIOUS: short });
    expect((await secrets.keys(at(0))).map(({ length }) => length)).toEqual([24]);
  });

  test.each([
    ['the published one', { AWSCURRENT: DEVELOPMENT_SECRET, AWSPREVIOUS: secretNamed('old') }],
    ['the placeholder', { AWSCURRENT: 'put the secret here', AWSPREVIOUS: secretNamed('old') }],
    ['empty', { AWSCURRENT: '' }],
    ['no value at all', {}],
  ])('are missing while the current one is %s', async (_, values) => {
    const secrets = holding(values);
    await expect(secrets.keys(at(0))).rejects.toBeInstanceOf(SigningSecretMissing);
    held = { AWSCURRENT: secretNamed('at last') };
    await expect(secrets.keys(at(0.4))).rejects.toBeInstanceOf(SigningSecretMissing);
    expect(valid(await secrets.keys(at(0.5)), 'at last')).toEqual(['at last']);
  });

  test('are unknown while Secrets Manager fails', async () => {
    const secrets = holding({ AWSCURRENT: secretNamed('new') });
    down = true;
    await expect(secrets.keys(at(0))).rejects.not.toBeInstanceOf(SigningSecretMissing);
    down = false;
    expect(await secrets.keys(at(0.5))).toHaveLength(1);
  });
});

describe('the secrets are read', () => {
  test('once, and again after five minutes', async () => {
    const secrets = holding({ AWSCURRENT: secretNamed('new') });
    for (const minute of [0, 1, 4.9, 4.99]) await secrets.keys(at(minute));
    expect(reads).toBe(2);
    held = { AWSCURRENT: secretNamed('newer'), AWSPREVIOUS: secretNamed('new') };
    expect(valid(await secrets.keys(at(5.1)), 'newer', 'new')).toEqual(['newer', 'new']);
    expect(reads).toBe(4);
  });

  test('earlier if no signature matches, as after a rotation, but not for every forged one', async () => {
    const secrets = holding({ AWSCURRENT: secretNamed('new') });
    await secrets.keys(at(0));
    held = { AWSCURRENT: secretNamed('newer'), AWSPREVIOUS: secretNamed('new') };
    expect(await secrets.fresher(at(0.4))).toBeNull();
    const fresher = await secrets.fresher(at(0.5));
    expect(fresher && valid(fresher, 'newer', 'new')).toEqual(['newer', 'new']);
    expect(await secrets.fresher(at(0.9))).toBeNull();
    expect(valid(await secrets.keys(at(1)), 'newer')).toEqual(['newer']);
    expect(reads).toBe(4);
  });
});

describe('the secrets of several teams', () => {
  const both = JSON.stringify({ north: secretNamed('n'), south: `${secretNamed('s')},${secretNamed('s2')}` });

  test('are read together, and only those of one team are valid for it', async () => {
    const secrets = holding(
      { AWSCURRENT: both, AWSPREVIOUS: JSON.stringify({ north: secretNamed('old') }) },
      true,
    );
    expect(valid(await secrets.keys(at(0), 'north'), 'n', 'old', 's', 's2')).toEqual(['n', 'old']);
    expect(valid(await secrets.keys(at(0), 'south'), 'n', 'old', 's', 's2')).toEqual(['s', 's2']);
    expect(reads).toBe(2);
  });

  test('are missing for a team that has none, until it is stored', async () => {
    const secrets = holding({ AWSCURRENT: JSON.stringify({ north: secretNamed('n') }) }, true);
    await expect(secrets.keys(at(0), 'south')).rejects.toBeInstanceOf(SigningSecretMissing);
    held = { AWSCURRENT: both };
    expect(valid(await secrets.keys(at(0.5), 'south'), 'n', 's')).toEqual(['s']);
  });

  test.each([
    ['a plain secret', secretNamed('n')],
    ['the published one', JSON.stringify({ north: DEVELOPMENT_SECRET })],
    ['a short one', JSON.stringify({ north: secretNamed('short', 23) })],
  ])('are missing while the value is %s', async (_, AWSCURRENT) => {
    await expect(holding({ AWSCURRENT }, true).keys(at(0), 'north')).rejects.toBeInstanceOf(
      SigningSecretMissing,
    );
  });
});
