import { createHmac } from 'node:crypto';
import { type Answer, type Call, call } from '../http-call.ts';

export interface Signing {
  id?: string;
  /** Seconds since 1970. */
  timestamp?: number;
  /** The secrets, each of which adds a signature. */
  secrets: readonly string[];
  names?: 'svix' | 'webhook';
}

/** A new secret in Junction's form. */
export const secretOf = (byte: number) => `whsec_${Buffer.alloc(24, byte).toString('base64')}`;

export const nowInSeconds = () => Math.floor(Date.now() / 1000);

/** The three headers, computed by the specification and not by the library that the product uses. */
export function signed(body: Buffer | string, signing: Signing): Record<string, string> {
  const { id = 'msg_2b9hLq8', timestamp = nowInSeconds(), secrets, names = 'svix' } = signing;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
  });
  return {
    [`${names}-id`]: id,
    [`${names}-timestamp`]: String(timestamp),
    [`${names}-signature`]: signatures.join(' '),
  };
}

/** Calls the webhook of the stack at `url`. */
export function callWebhook(url: string, options: Call): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...options.headers };
  return call(`${url}/webhooks/junction`, { method: 'POST', ...options, headers });
}
