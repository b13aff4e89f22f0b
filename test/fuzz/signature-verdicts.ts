/** What our check and the two official libraries each say of a delivery. */
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { signatureFault, verifierFor } from '../../functions/junction/signature.ts';
import { NOW, type SignatureCase } from './signature-cases.ts';

interface Tally {
  cases: number;
  accepted: number;
  /** Refused by us with 400 for the form of the timestamp, accepted by the libraries. */
  malformedTimestamps: number;
}

type Headers = SignatureCase['headers'];

/**
 * The one place in which we are stricter: a timestamp is 1 to 12 digits and nothing else. The libraries read a number
 * from the front of it and forget the rest.
 */
function isMalformedTimestamp(headers: Headers): boolean {
  return !/^\d{1,12}$/.test(header(headers, 'timestamp') ?? '');
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

/** Compares the three on every case; throws at the first on which they differ, with its number. */
export function compareOn(numbers: Iterable<number>, caseOf: (number: number) => SignatureCase): Tally {
  const tally = { cases: 0, accepted: 0, malformedTimestamps: 0 };
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
  const verifiers = one.secrets.flatMap((secret) => verifierFor(secret) ?? []);
  const fault = signatureFault(one.body, one.headers, verifiers, new Date(NOW * 1_000));
  const said = { ours: fault === null, svix: svixAccepts(one), standard: standardAccepts(one) };
  tally.cases += 1;
  tally.accepted += said.ours ? 1 : 0;
  if (said.ours === said.svix && said.ours === said.standard) return;
  const stricter = !said.ours && said.svix && said.standard;
  if (stricter && fault?.kind === 'headers' && isMalformedTimestamp(one.headers)) {
    tally.malformedTimestamps += 1;
    return;
  }
  const shown = { ...one, body: one.body.toString('base64') };
  throw new Error(
    `case ${number}: ${JSON.stringify(said)} on ${JSON.stringify(shown)}\n` +
      `replay: npm run fuzz:signatures -- --seed ${number} --cases 1`,
  );
}
