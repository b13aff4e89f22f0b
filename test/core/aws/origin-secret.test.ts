import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { OriginSecret } from '../../../core/aws/origin-secret.ts';
import { localClientSettings } from '../../../tools/local/database/client-settings.ts';
import {
  type ServiceEndpoint,
  ServiceFault,
  startServiceEndpoint,
} from '../../../tools/local/services/service-endpoint.ts';

const ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:origin-local0';
const MINUTE = 60_000;

/** The values in Secrets Manager by stage. */
let held: { AWSCURRENT?: string; AWSPREVIOUS?: string } = {};
let endpoint: ServiceEndpoint;
let client: SecretsManagerClient;

beforeAll(async () => {
  endpoint = await startServiceEndpoint({
    'secretsmanager.GetSecretValue': ({ SecretId, VersionStage }) => {
      const SecretString = SecretId === ARN ? held[VersionStage as keyof typeof held] : undefined;
      if (SecretString === undefined) throw new ServiceFault('ResourceNotFoundException', 'no such value');
      return { ARN, Name: 'origin', SecretString, VersionId: 'v', VersionStages: [VersionStage] };
    },
  });
  client = new SecretsManagerClient({ ...localClientSettings(endpoint.url), maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

function holding(values: typeof held): OriginSecret {
  held = values;
  return new OriginSecret(client, ARN);
}

const at = (minute: number) => new Date(minute * MINUTE);

describe('the origin secret', () => {
  test('is matched as a whole', async () => {
    const secret = holding({ AWSCURRENT: 'current' });
    expect(await secret.matches('current', at(0))).toBe(true);
    for (const wrong of ['', 'curren', 'current ', 'Current', 'previous']) {
      expect(await secret.matches(wrong, at(0))).toBe(false);
    }
  });

  test('is valid in its current and its previous value', async () => {
    const secret = holding({ AWSCURRENT: 'new', AWSPREVIOUS: 'old' });
    expect(await secret.matches('new', at(0))).toBe(true);
    expect(await secret.matches('old', at(0))).toBe(true);
  });

  test('is read again when a value does not match, so that a new one is valid at once', async () => {
    const secret = holding({ AWSCURRENT: 'old' });
    expect(await secret.matches('old', at(0))).toBe(true);
    held = { AWSCURRENT: 'new', AWSPREVIOUS: 'old' };
    expect(await secret.matches('new', at(1))).toBe(true);
  });

  test.each([
    ['missing', {}],
    ['empty, whatever it was before', { AWSCURRENT: '', AWSPREVIOUS: 'old' }],
  ])('authorizes nobody when it is %s', async (_, values) => {
    await expect(holding(values).matches('', at(0))).rejects.toThrow('empty');
    await expect(holding(values).matches('old', at(0))).rejects.toThrow('empty');
  });
});

const CONTEXT = { awsRequestId: 'invocation' };

describe('the authorizer', () => {
  const asked = (headers: Record<string, string> | undefined) =>
    ({ headers }) as unknown as APIGatewayRequestAuthorizerEventV2;

  test('answers by the header that CloudFront adds', async () => {
    held = { AWSCURRENT: 'current' };
    vi.stubEnv('ORIGIN_SECRET_ARN', ARN);
    vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', endpoint.url);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
    const { handler } = await import('../../../functions/entrance/handler.ts');
    expect(await handler(asked({ 'x-origin-secret': 'current' }), CONTEXT)).toEqual({ isAuthorized: true });
    expect(await handler(asked({ 'x-origin-secret': 'wrong' }), CONTEXT)).toEqual({ isAuthorized: false });
    expect(await handler(asked({}), CONTEXT)).toEqual({ isAuthorized: false });
    expect(await handler(asked(undefined), CONTEXT)).toEqual({ isAuthorized: false });
    vi.unstubAllEnvs();
  });
});
