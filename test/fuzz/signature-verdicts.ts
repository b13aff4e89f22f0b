/**
 * What our check and the two official libraries each say of a delivery. The libraries sign text: of bytes that are none
 * they know only the text that replaces them, so there the specification, by a reckoning of our own, says what is right.
 */
import { isUtf8 } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { signatureFault, signingKey } from '../../core/junction/signature.ts';
import { NOW, type SignatureCase } from './signature-cases.ts';

interface Tally {
  cases: number;
  accepted: number;
  /** Refused by us with 400 for the form of the timestamp, accepted by the libraries. */
  malformedTimestamps: number;
  /** Accepted, of bytes that are no text. */
  acceptedBytes: number;
}

type Headers = SignatureCase['headers'];

/**
 * The one place in which we are stricter: a timestamp is digits and nothing else. The libraries read a number
 * from the front of it and forget the rest.
 */
function isMalformedTimestamp(headers: Headers): boolean {
  return !/^\d+$/.test(header(headers, 'timestamp') ?? '');
}

/** As the libraries look them up: names in any case, the last of two alike, Svix's own name first. */
function header(headers: Headers, part: string): string | undefined {
  const lowerCased = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return lowerCased.get(`svix-${part}`) ?? lowerCased.get(`webhook-${part}`);
}

function doesNotThrow(verify: () => unknown): boolean {
  try {
    verify();
    return true;
  } catch {
    return false;
  }
}

function svixAccepts({ body, headers, secrets }: SignatureCase): boolean {
  return secrets.some((secret) =>
    doesNotThrow(() => new SvixWebhook(secret).verify(body, headers as Record<string, string>)),
  );
}

/** It knows the standard's own names only. */
function standardAccepts({ body, headers, secrets }: SignatureCase): boolean {
  const renamed = Object.fromEntries(
    ['id', 'timestamp', 'signature'].map((part) => [`webhook-${part}`, header(headers, part) ?? '']),
  );
  return secrets.some((secret) =>
    doesNotThrow(() => new StandardWebhook(secret).verify(body, renamed, { jsonParse: false })),
  );
}

/** Of the bytes, as Standard Webhooks has it; the timestamp is looked at as the libraries do. */
function specificationAccepts({ body, headers, secrets }: SignatureCase): boolean {
  const [id, timestamp, signature] = ['id', 'timestamp', 'signature'].map((part) => header(headers, part));
  const seconds = Number.parseInt(timestamp ?? '', 10);
  if (!id || !signature || !(Math.abs(seconds - NOW) <= 300)) return false;
  const right = secrets.map((secret) =>
    createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
      .update(Buffer.concat([Buffer.from(`${id}.${seconds}.`), body]))
      .digest('base64'),
  );
  return signature.split(' ').some((one) => {
    const [version, given] = one.split(',');
    return version === 'v1' && given !== undefined && right.includes(given);
  });
}

/** What has to be said of a case; throws where those who can tell differ among themselves. */
function rightVerdict(one: SignatureCase): boolean {
  const specification = specificationAccepts(one);
  if (!isUtf8(one.body)) return specification;
  const [svix, standard] = [svixAccepts(one), standardAccepts(one)];
  if (svix === standard && svix === specification) return svix;
  throw new Error(`the judges differ: ${JSON.stringify({ svix, standard, specification })}`);
}

/** Compares on every case; throws at the first on which they differ, with its number. */
export function compareOn(numbers: Iterable<number>, caseOf: (number: number) => SignatureCase): Tally {
  const tally = { cases: 0, accepted: 0, malformedTimestamps: 0, acceptedBytes: 0 };
  const clock = Date.now;
  // The libraries have no other way to be told the time.
  Date.now = () => NOW * 1_000;
  try {
    for (const number of numbers) compare(number, caseOf(number), tally);
  } finally {
    Date.now = clock;
  }
  return tally;
}

function compare(number: number, one: SignatureCase, tally: Tally): void {
  const keys = one.secrets.flatMap((secret) => signingKey(secret) ?? []);
  const fault = signatureFault(one.body, one.headers, keys);
  const accepted = fault === null;
  const right = rightVerdict(one);
  tally.cases += 1;
  tally.accepted += accepted ? 1 : 0;
  tally.acceptedBytes += accepted && !isUtf8(one.body) ? 1 : 0;
  if (accepted === right) return;
  if (right && fault?.kind === 'headers' && isMalformedTimestamp(one.headers)) {
    tally.malformedTimestamps += 1;
    return;
  }
  const shown = { ...one, body: one.body.toString('base64') };
  throw new Error(
    `case ${number}: ${accepted ? 'accepted' : 'refused'} by us alone: ${JSON.stringify(shown)}\n` +
      `replay: npm run fuzz:signatures -- --seed ${number} --cases 1`,
  );
}
