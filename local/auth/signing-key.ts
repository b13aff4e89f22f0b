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

export interface IssuerKey {
  /** As the issuer publishes it. */
  published: JWK;
  /** To check tokens with. */
  key: JWTVerifyGetKey;
  /** Signs a token that lives this long from now on. */
  sign(claims: JWTPayload, now: Date, lifetimeSeconds: number): Promise<string>;
}

/** The key that signs the tokens of this issuer. It stays in the data directory. */
export async function openIssuerKey(data: DataDirectory, issuer: string): Promise<IssuerKey> {
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
