import { createHmac } from 'node:crypto';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

/** Why a delivery is not taken: its headers are unusable, or no secret of ours signed it. */
export type SignatureFault = { readonly kind: 'headers' | 'signature'; readonly detail: string };

export type Headers = Readonly<Record<string, string | undefined>>;

/** What is asked of a secret beside what the library asks, which does without the prefix and forgives an odd last letter. */
const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;

/**
 * A secret, and the library's check of deliveries by it. Only the digest is ours: the library's is of the text it makes of
 * a body, and what is signed is bytes. See docs/decisions.md.
 */
export class SigningKey extends Webhook {
  readonly #key: Buffer;

  constructor(base64: string) {
    super(base64);
    this.#key = Buffer.from(base64, 'base64');
  }

  override sign(id: string, time: Date, body: Buffer): string {
    const hmac = createHmac('sha256', this.#key).update(`${id}.${time.getTime() / 1_000}.`);
    return `v1,${hmac.update(body).digest('base64')}`;
  }
}

/** The key that a secret, `whsec_<base64>`, holds; null where the text is not one. */
export function signingKey(secret: string): SigningKey | null {
  try {
    return new SigningKey(SECRET.exec(secret)?.[1] ?? '');
  } catch {
    return null;
  }
}

/** Checks a delivery's signature over its raw bytes under any of the keys that are valid now. Null when it holds. */
export function signatureFault(
  body: Buffer,
  headers: Headers,
  keys: readonly SigningKey[],
): SignatureFault | null {
  const given = standardHeaders(headers);
  const unusable = formFault(given);
  if (unusable) return unusable;
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

/** By Svix's own names, else by those of the standard, in any case; of two spellings of one name the later counts. */
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

/** What the library does not tell apart, or does not mind: it reads a timestamp up to what is no digit. */
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
