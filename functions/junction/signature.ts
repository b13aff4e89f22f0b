import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';

/** Why a delivery is not taken: its headers are unusable, or no secret of ours signed it. */
export type SignatureFault = { readonly kind: 'headers' | 'signature'; readonly detail: string };

export type Headers = Readonly<Record<string, string | undefined>>;

interface SignatureHeaders {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: string;
  /** `v1,<base64>`, several with spaces between. */
  readonly signature: string;
}

const TOLERANCE_SECONDS = 300;
const SECRET = /^whsec_(?=.{4})([A-Za-z0-9+/]+={0,2})$/;

/** The key that a secret, `whsec_<base64>`, holds; null where the text is not one. */
export function signingKey(secret: string): KeyObject | null {
  const [, base64] = SECRET.exec(secret) ?? [];
  return base64 === undefined ? null : createSecretKey(base64, 'base64');
}

/**
 * Checks a delivery's signature over its raw bytes, as Standard Webhooks has it, under any of the keys that are valid
 * now. Null when it holds. See docs/decisions.md for why this is not left to the libraries it is compared with in
 * test/fuzz/.
 */
export function signatureFault(
  body: Buffer,
  headers: Headers,
  keys: readonly KeyObject[],
  now: Date,
): SignatureFault | null {
  const given = signatureHeaders(headers);
  const fault = headersFault(given, now);
  if (fault) return fault;
  if (keys.some((key) => isSignedBy(key, body, given))) return null;
  return { kind: 'signature', detail: 'No signature matches the body.' };
}

function isSignedBy(key: KeyObject, body: Buffer, { id, timestamp, signature }: SignatureHeaders): boolean {
  const expected = createHmac('sha256', key)
    .update(`${id}.${Number(timestamp)}.`)
    .update(body)
    .digest('base64');
  return signature.split(' ').some((entry) => {
    const [version, given = ''] = entry.split(',');
    return version === 'v1' && equals(given, expected);
  });
}

/** How long it takes does not tell how much of it is right. */
function equals(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** By Svix's own names, else by those of the standard, in any case; of two spellings of one name the later counts. */
function signatureHeaders(headers: Headers): SignatureHeaders {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const part = (name: string) => byName.get(`svix-${name}`) ?? byName.get(`webhook-${name}`) ?? '';
  return { id: part('id'), timestamp: part('timestamp'), signature: part('signature') };
}

function headersFault(headers: SignatureHeaders, now: Date): SignatureFault | null {
  const { timestamp, signature } = headers;
  const missing = (['id', 'timestamp', 'signature'] as const).find((name) => headers[name] === '');
  if (missing) return { kind: 'headers', detail: `The header svix-${missing} is missing.` };
  if (!/^\d{1,12}$/.test(timestamp)) {
    return { kind: 'headers', detail: 'The header svix-timestamp is not a number of seconds.' };
  }
  const age = Math.floor(now.getTime() / 1_000) - Number(timestamp);
  if (Math.abs(age) > TOLERANCE_SECONDS) {
    return { kind: 'headers', detail: 'The timestamp is more than five minutes from now.' };
  }
  if (!/(^| )v\d+a?,\S/.test(signature)) {
    return {
      kind: 'headers',
      detail: 'The header svix-signature holds no signature of the form v1,<base64>.',
    };
  }
  return null;
}
