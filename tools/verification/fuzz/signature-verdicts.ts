/**
 * The verdicts of our check and of the two official libraries on a delivery. The libraries sign text. Of bytes that are not
 * text they see only the decoded text, so for these the specification decides, by an implementation here.
 */
import { isUtf8 } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { signatureFault, signingKey } from '../../../core/junction/signature.ts';
import { NOW, type SignatureCase } from './signature-cases.ts';

interface Tally {
  cases: number;
  accepted: number;
  /** Refused by us with 400 for the form of the timestamp, accepted by the libraries. */
  malformedTimestamps: number;
  /** Accepted bodies of bytes that are not text. */
  acceptedBytes: number;
}

type Headers = SignatureCase['headers'];

/**
 * The one point in which we are stricter: a timestamp consists of digits only. The libraries parse the number at its
 * beginning and ignore the rest.
 */
function isMalformedTimestamp(headers: Headers): boolean {
  return !/^\d+$/.test(header(headers, 'timestamp') ?? '');
}

/** As the libraries look them up: case-insensitive, the last of two equal names, Svix's own names first. */
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

/** It knows only the names of the standard. */
function standardAccepts({ body, headers, secrets }: SignatureCase): boolean {
  const renamed = Object.fromEntries(
    ['id', 'timestamp', 'signature'].map((part) => [`webhook-${part}`, header(headers, part) ?? '']),
  );
  return secrets.some((secret) =>
    doesNotThrow(() => new StandardWebhook(secret).verify(body, renamed, { jsonParse: false })),
  );
}

/** Signs the bytes, as in Standard Webhooks; the timestamp is checked as in the libraries. */
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

/** The correct verdict on a case. Throws if the judges disagree. */
function rightVerdict(one: SignatureCase): boolean {
  const specification = specificationAccepts(one);
  if (!isUtf8(one.body)) return specification;
  const [svix, standard] = [svixAccepts(one), standardAccepts(one)];
  if (svix === standard && svix === specification) return svix;
  throw new Error(`the judges disagree: ${JSON.stringify({ svix, standard, specification })}`);
}

/** Compares the verdicts on every case. Throws at the first difference, with the number of the case. */
export function compareOn(numbers: Iterable<number>, caseOf: (number: number) => SignatureCase): Tally {
  const tally = { cases: 0, accepted: 0, malformedTimestamps: 0, acceptedBytes: 0 };
  const clock = Date.now;
  // The libraries have no other way to get the time.
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
