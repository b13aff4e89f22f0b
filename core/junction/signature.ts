import { createHash, createHmac } from 'node:crypto';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

/** Why a delivery is refused: its headers are unusable, or no valid secret signed it. */
export type SignatureFault = { readonly kind: 'headers' | 'signature'; readonly detail: string };

export type Headers = Readonly<Record<string, string | undefined>>;

/** The form of a secret. The library accepts a missing prefix and invalid base64. */
const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;

/**
 * A secret with the library's verification. Only the digest is ours: the library signs the body as text, but Svix signs its
 * bytes. See docs/project/decisions.md.
 */
export class SigningKey extends Webhook {
  readonly #key: Buffer;

  constructor(base64: string) {
    super(base64);
    this.#key = Buffer.from(base64, 'base64');
  }

  get length(): number {
    return this.#key.length;
  }

  /** The SHA-256 of the key. */
  get fingerprint(): string {
    return createHash('sha256').update(this.#key).digest('hex');
  }

  override sign(id: string, time: Date, body: Buffer): string {
    const hmac = createHmac('sha256', this.#key).update(`${id}.${time.getTime() / 1_000}.`);
    return `v1,${hmac.update(body).digest('base64')}`;
  }
}

/** The key in a secret, `whsec_<base64>`; null if the text is not a secret. */
export function signingKey(secret: string): SigningKey | null {
  try {
    return new SigningKey(SECRET.exec(secret)?.[1] ?? '');
  } catch {
    return null;
  }
}

/** Verifies a delivery's signature over its raw bytes with any of the valid keys. Null if it is valid. */
export function signatureFault(
  body: Buffer,
  headers: Headers,
  keys: readonly SigningKey[],
): SignatureFault | null {
  const given = standardHeaders(headers);
  const headerFault = formFault(given);
  if (headerFault) return headerFault;
  let fault: SignatureFault | null = NO_MATCH;
  for (const key of keys) {
    fault = faultUnder(key, body, given);
    if (!fault) break;
  }
  return fault;
}

const NO_MATCH: SignatureFault = { kind: 'signature', detail: 'No signature matches the body.' };

function faultUnder(key: SigningKey, body: Buffer, headers: StandardHeaders): SignatureFault | null {
  try {
    key.verify(body, headers, { jsonParse: false });
    return null;
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    return error.message.startsWith('Message timestamp')
      ? headersFault('The timestamp is more than five minutes from now.')
      : NO_MATCH;
  }
}

/** Header names, case-insensitive: Svix's own, otherwise those of Standard Webhooks. The last of several equal names is used. */
function standardHeaders(headers: Headers) {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const part = (name: string) => byName.get(`svix-${name}`) ?? byName.get(`webhook-${name}`) ?? '';
  return {
    'webhook-id': part('id'),
    'webhook-timestamp': part('timestamp'),
    'webhook-signature': part('signature'),
  };
}

type StandardHeaders = ReturnType<typeof standardHeaders>;

/** Faults that the library does not report or accepts, such as a timestamp followed by other text. */
function formFault(headers: StandardHeaders): SignatureFault | null {
  const missing = (['id', 'timestamp', 'signature'] as const).find((part) => !headers[`webhook-${part}`]);
  if (missing) return headersFault(`The header svix-${missing} is missing.`);
  if (!/^\d+$/.test(headers['webhook-timestamp'])) {
    return headersFault('The header svix-timestamp is not a number of seconds.');
  }
  if (!/(^| )v\d+a?,\S/.test(headers['webhook-signature'])) {
    return headersFault('The header svix-signature holds no signature of the form v1,<base64>.');
  }
  return null;
}

function headersFault(detail: string): SignatureFault {
  return { kind: 'headers', detail };
}
