/** Our signature check says what the official libraries say, on thousands of deliveries; more with `npm run fuzz:signatures`. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Webhook } from 'svix';
import { expect, test, vi } from 'vitest';
import { signatureFault, verifierFor } from '../../functions/junction/signature.ts';
import { secretNamed, sign } from '../junction/deliveries.ts';
import { Draw } from './draw.ts';
import { NOW, signatureCase } from './signature-cases.ts';
import { compareOn } from './signature-verdicts.ts';

const CASES = 6_000;
const numbers = (from: number) => Array.from({ length: CASES }, (_, index) => from + index);

test('it accepts what both libraries accept, refuses what both refuse, and throws at nothing', () => {
  const { cases, accepted, malformedTimestamps } = compareOn(numbers(1), signatureCase);
  expect(cases).toBe(CASES);
  // Else it would have been shown on trivialities.
  expect(accepted).toBeGreaterThan(CASES / 5);
  expect(malformedTimestamps).toBeGreaterThan(0);
});

test('a secret is one of ours where the library takes it as one of the kind that Junction gives out', () => {
  for (const number of numbers(1)) {
    const draw = new Draw(number);
    const text = `whsec_${draw.text('AZaz09+/=-_ é', 12)}`;
    const wellFormed = /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text);
    expect(verifierFor(text) !== null, text).toBe(wellFormed && isTakenByLibrary(text));
  }
  for (let length = 1; length < 64; length += 1) {
    expect(verifierFor(`whsec_${Buffer.alloc(length, length).toString('base64')}`)).not.toBeNull();
  }
});

function isTakenByLibrary(secret: string): boolean {
  try {
    new Webhook(secret);
    return true;
  } catch {
    return false;
  }
}

test('signatures are compared by the comparison of the library, whose time does not tell how much is right', () => {
  // The module that the library itself asks each time.
  const require = createRequire(import.meta.resolve('svix'));
  const comparison = require(join(dirname(require.resolve('standardwebhooks')), 'timing_safe_equal.js'));
  const compared = vi.spyOn(comparison, 'timingSafeEqual');
  vi.useFakeTimers({ now: NOW * 1_000, toFake: ['Date'] });
  try {
    const secret = secretNamed('one');
    const verifiers = [verifierFor(secret)].filter((verifier) => verifier !== null);
    const body = Buffer.from('{}');
    const right = sign(secret, 'msg_1', NOW, body);
    const judge = (signature: string) => {
      compared.mockClear();
      const headers = { 'svix-id': 'msg_1', 'svix-timestamp': String(NOW), 'svix-signature': signature };
      const fault = signatureFault(body, headers, verifiers, new Date(NOW * 1_000));
      const sizes = compared.mock.calls.map(([given, expected]) =>
        [given, expected].map((part) => (part as Uint8Array).length),
      );
      return { holds: fault === null, sizes };
    };
    const whole = [44, 44];
    expect(judge(right)).toEqual({ holds: true, sizes: [whole] });
    // Wrong from the first letter on, from the middle on, in the last: always one comparison of all of it.
    for (const place of [3, 20, right.length - 2]) {
      const wrong = right.slice(0, place) + (right[place] === 'A' ? 'B' : 'A') + right.slice(place + 1);
      expect(judge(wrong)).toEqual({ holds: false, sizes: [whole] });
    }
    expect(judge(`v1,AAAA ${right}`)).toEqual({ holds: true, sizes: [[4, 44], whole] });
  } finally {
    vi.useRealTimers();
    compared.mockRestore();
  }
});
