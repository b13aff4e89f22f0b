/** Our signature check agrees with the official libraries on thousands of deliveries; more with `npm run fuzz:signatures`. */
import { Webhook } from 'svix';
import { expect, test, vi } from 'vitest';
import { signatureFault, signingKey } from '../../../core/junction/signature.ts';
import { secretNamed, sign } from '../../../test/core/junction/deliveries.ts';
import { Draw } from './draw.ts';
import { NOW, signatureCase } from './signature-cases.ts';
import { compareOn } from './signature-verdicts.ts';

const CASES = 2_000;
const TIME = new Date(NOW * 1_000);
const numbers = (from: number) => Array.from({ length: CASES }, (_, index) => from + index);

test('it accepts what both libraries accept, bytes included, refuses what both refuse, and never throws', () => {
  const { cases, accepted, malformedTimestamps, acceptedBytes } = compareOn(numbers(1), signatureCase);
  expect(cases).toBe(CASES);
  // Otherwise the cases would be trivial.
  expect(accepted).toBeGreaterThan(CASES / 5);
  expect(malformedTimestamps).toBeGreaterThan(0);
  expect(acceptedBytes).toBeGreaterThan(CASES / 20);
});

test("a secret in Junction's form is valid if the library accepts it, and gives the same key", () => {
  for (const number of numbers(1)) {
    const draw = new Draw(number);
    const text = `whsec_${draw.text('AZaz09+/=-_ é', 12)}`;
    const wellFormed = /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text);
    const theirs = wellFormed ? signedByLibrary(text) : null;
    expect(signingKey(text)?.sign('msg_1', TIME, Buffer.from('{}')) ?? null, text).toBe(theirs);
  }
  for (let length = 1; length < 64; length += 1) {
    expect(signingKey(`whsec_${Buffer.alloc(length, length).toString('base64')}`)).not.toBeNull();
  }
});

/** The library's signature of `{}` with this secret; null if it does not accept the secret. */
function signedByLibrary(secret: string): string | null {
  try {
    return new Webhook(secret).sign('msg_1', TIME, '{}');
  } catch {
    return null;
  }
}

test('signatures are compared in constant time, so that the time does not reveal a correct beginning', () => {
  vi.useFakeTimers({ now: TIME, toFake: ['Date'] });
  // How the library compares: byte by byte, on both sides.
  const compared = vi.spyOn(DataView.prototype, 'getUint8');
  try {
    const secret = secretNamed('one');
    const keys = [signingKey(secret)].filter((key) => key !== null);
    const body = Buffer.from('{}');
    const right = sign(secret, 'msg_1', NOW, body);
    const judge = (signature: string) => {
      compared.mockClear();
      const headers = { 'svix-id': 'msg_1', 'svix-timestamp': String(NOW), 'svix-signature': signature };
      const holds = signatureFault(body, headers, keys) === null;
      return { holds, bytes: compared.mock.calls.length };
    };
    const whole = 2 * 44;
    expect(judge(right)).toEqual({ holds: true, bytes: whole });
    // Wrong from the first character, from the middle, and in the last one: all bytes are always compared.
    for (const place of [3, 20, right.length - 2]) {
      const wrong = right.slice(0, place) + (right[place] === 'A' ? 'B' : 'A') + right.slice(place + 1);
      expect(judge(wrong)).toEqual({ holds: false, bytes: whole });
    }
    expect(judge(`v1,AAAA ${right}`)).toEqual({ holds: true, bytes: whole });
  } finally {
    compared.mockRestore();
    vi.useRealTimers();
  }
});
