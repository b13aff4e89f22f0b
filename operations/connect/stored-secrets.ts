import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { DEVELOPMENT_SECRET } from '../../tools/sandbox/webhooks/endpoint.ts';
import type { Deployment } from '../deployment/deployment.ts';

/** What a secret of the deployment holds; null for what the deployment itself put there. */
export async function storedSecret(
  { clients }: Pick<Deployment, 'clients'>,
  SecretId: string,
  isOurs: (text: string) => boolean,
): Promise<string | null> {
  const { SecretString = '' } = await clients.secrets.send(new GetSecretValueCommand({ SecretId }));
  return isOurs(SecretString) ? SecretString : null;
}

export async function storeSecret(
  { clients }: Pick<Deployment, 'clients'>,
  SecretId: string,
  SecretString: string,
): Promise<void> {
  await clients.secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
}

/** A signing secret of at least 24 bytes, as Svix makes them, and not the published one of the local run. */
export function isSigningSecret(text: string): boolean {
  if (text === DEVELOPMENT_SECRET) return false;
  const [, key = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  return Buffer.from(key, 'base64').length >= 24;
}

/** Before a key is stored, the secret holds JSON (lib/storage/junction-keys.ts). */
export const isKey = (text: string): boolean => /^[\x21-\x7a\x7c\x7e]{8,}$/.test(text);
