import { randomUUID } from 'node:crypto';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  type JWTVerifyGetKey,
  SignJWT,
} from 'jose';
import { readJsonFile, replaceFile } from '../files/atomic-file.ts';
import type { DataDirectory } from '../files/data-directory.ts';

export interface SigningKey {
  /** The public key as the issuer publishes it. */
  published: JWK;
  /** Verifies tokens. */
  key: JWTVerifyGetKey;
  /** Signs a token that is valid from now on. */
  sign(claims: JWTPayload, now: Date, lifetimeSeconds: number): Promise<string>;
}

/** The key of the local token issuer. It is kept in the data directory. */
export async function openSigningKey(data: DataDirectory, issuer: string): Promise<SigningKey> {
  const jwk = await signingKey(data.file('issuer-key.json'));
  const { kty, n, e, kid } = jwk;
  const published = { kty, n, e, kid, alg: 'RS256', use: 'sig' } as JWK;
  const privateKey = await importJWK(jwk, 'RS256');
  return {
    published,
    key: createLocalJWKSet({ keys: [published] }),
    sign(claims, now, lifetimeSeconds) {
      const seconds = Math.floor(now.getTime() / 1000);
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', ...(kid && { kid }) })
        .setIssuer(issuer)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + lifetimeSeconds)
        .setJti(randomUUID())
        .sign(privateKey);
    },
  };
}

async function signingKey(file: string): Promise<JWK> {
  const kept = readJsonFile(file);
  if (kept !== undefined) return kept as JWK;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  jwk.kid = await calculateJwkThumbprint(jwk);
  replaceFile(file, JSON.stringify(jwk));
  return jwk;
}
