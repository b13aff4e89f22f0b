/** Takes the place of `fast-sha256` in a bundle: our signing keys (core/junction/signature.ts) compute the digest with node:crypto. */
export function hmac(): never {
  throw new Error('Signatures are computed with node:crypto.');
}
