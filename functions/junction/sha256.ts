import { createHmac } from 'node:crypto';

/** In bundles what `standardwebhooks` asks of `fast-sha256`, by Node's own SHA-256 (see lib/function-bundles.ts). */
export function hmac(key: Uint8Array, data: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(data).digest();
}
