import { Webhook } from 'svix';

/** Why a delivery is not taken: its headers are unusable, or no secret of ours signed it. */
export type SignatureFault = { readonly kind: 'headers' | 'signature'; readonly detail: string };

export type Headers = Readonly<Record<string, string | undefined>>;

const TOLERANCE_SECONDS = 300;
const SECRET = /^whsec_[A-Za-z0-9+/]+={0,2}$/;

/** A verifier for one secret, `whsec_<base64>`; null where the text is not one. */
export function verifierFor(secret: string): Webhook | null {
  if (!SECRET.test(secret)) return null;
  try {
    return new Webhook(secret);
  } catch {
    return null;
  }
}

/**
 * Checks a delivery's signature over its raw bytes, under any of the secrets that are valid now. Null when it holds.
 * The headers are looked at first: the library reads a timestamp up to its first character that is no digit, and does
 * not say what is wrong.
 */
export function signatureFault(
  body: Buffer,
  headers: Headers,
  verifiers: readonly Webhook[],
  now: Date,
): SignatureFault | null {
  const given = signatureHeaders(headers);
  const fault = headersFault(given, now);
  if (fault) return fault;
  if (verifiers.some((verifier) => accepts(verifier, body, given))) return null;
  return { kind: 'signature', detail: 'No signature matches the body.' };
}

function accepts(verifier: Webhook, body: Buffer, headers: Record<string, string>): boolean {
  try {
    verifier.verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

/** Names in lower case; of two spellings of one name the later counts, as for the library. */
function signatureHeaders(headers: Headers): Record<string, string> {
  const lowerCased = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const),
  );
  return Object.fromEntries(
    Object.entries(lowerCased).flatMap(([name, value]) =>
      /^(svix|webhook)-/.test(name) && value !== undefined ? [[name, value]] : [],
    ),
  );
}

function headersFault(headers: Record<string, string>, now: Date): SignatureFault | null {
  const part = (name: string) => headers[`svix-${name}`] ?? headers[`webhook-${name}`] ?? '';
  const missing = ['id', 'timestamp', 'signature'].find((name) => part(name) === '');
  if (missing) return { kind: 'headers', detail: `The header svix-${missing} is missing.` };
  const timestamp = part('timestamp');
  if (!/^\d{1,12}$/.test(timestamp)) {
    return { kind: 'headers', detail: 'The header svix-timestamp is not a number of seconds.' };
  }
  const age = Math.floor(now.getTime() / 1_000) - Number(timestamp);
  if (Math.abs(age) > TOLERANCE_SECONDS) {
    return { kind: 'headers', detail: 'The timestamp is more than five minutes from now.' };
  }
  if (!/(^| )v\d+a?,\S/.test(part('signature'))) {
    return {
      kind: 'headers',
      detail: 'The header svix-signature holds no signature of the form v1,<base64>.',
    };
  }
  return null;
}
