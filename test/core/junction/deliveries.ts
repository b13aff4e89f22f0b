import { createHmac } from 'node:crypto';

/** A secret in the form that Junction's dashboard shows, different for each name. */
export function secretNamed(name: string, bytes = 24): string {
  return `whsec_${Buffer.from(name.padEnd(bytes, '.')).toString('base64')}`;
}

/** The signature of a message, computed here and not by the library under test. */
export function sign(secret: string, id: string, timestamp: number | string, body: string | Buffer): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}
