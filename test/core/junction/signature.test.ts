import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Headers, signatureFault, signingKey } from '../../../core/junction/signature.ts';
import { holdsFor } from '../../property.ts';
import { secretNamed, sign } from './deliveries.ts';

const NOW = 1_772_000_000;
const BODY = Buffer.from('{"event_type":"labtest.order.updated","data":{"name":"Zoë ✓"}}');
const SECRET = secretNamed('current');

beforeEach(() => {
  vi.useFakeTimers({ now: NOW * 1_000, toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function keysOf(...secrets: readonly string[]) {
  return secrets.flatMap((secret) => signingKey(secret) ?? []);
}

/** The fault of a delivery of the body; null if there is none. */
function faultOf(headers: Headers, secrets: readonly string[] = [SECRET], body: Buffer = BODY) {
  return signatureFault(body, headers, keysOf(...secrets))?.kind ?? null;
}

function signed({
  prefix = 'svix',
  secret = SECRET,
  timestamp = NOW,
  body = BODY,
} = {}): Record<string, string> {
  return {
    [`${prefix}-id`]: 'msg_1',
    [`${prefix}-timestamp`]: String(timestamp),
    [`${prefix}-signature`]: sign(secret, 'msg_1', timestamp, body),
  };
}

const renamed = (headers: Record<string, string>, rename: (name: string) => string) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [rename(name), value]));

describe('a signature is valid', () => {
  test.each(['svix', 'webhook'])('in headers named %s-*, case-insensitive', (prefix) => {
    const headers = signed({ prefix });
    expect(faultOf(headers)).toBeNull();
    expect(faultOf(renamed(headers, (name) => name.toUpperCase()))).toBeNull();
    expect(
      faultOf(renamed(headers, (name) => name.replace(/\b\w/g, (letter) => letter.toUpperCase()))),
    ).toBeNull();
  });

  test('among several in one header, in any position', () => {
    const headers = signed();
    const others = ['v1,AAAA', `v1a,${'A'.repeat(86)}`, sign(secretNamed('other'), 'msg_1', NOW, BODY)];
    for (const place of [0, 1, 2, 3]) {
      const list = others.toSpliced(place, 0, headers['svix-signature'] ?? '');
      expect(faultOf({ ...headers, 'svix-signature': list.join(' ') })).toBeNull();
    }
  });

  test('with any of the valid secrets', () => {
    const secrets = [secretNamed('current'), secretNamed('previous')];
    for (const secret of secrets) expect(faultOf(signed({ secret }), secrets)).toBeNull();
    expect(faultOf(signed({ secret: secretNamed('before that') }), secrets)).toBe('signature');
  });

  test('for an empty body', () => {
    const body = Buffer.alloc(0);
    expect(faultOf(signed({ body }), [SECRET], body)).toBeNull();
  });

  test('for a body that is not JSON, because parsing is a later step', () => {
    const body = Buffer.from('{"');
    expect(faultOf(signed({ body }), [SECRET], body)).toBeNull();
  });

  test('for bytes that are not text, and not for the text decoded from them', () => {
    const body = Buffer.from([0x7b, 0xff, 0xc0, 0x80, 0x7d]);
    expect(faultOf(signed({ body }), [SECRET], body)).toBeNull();
    const text = Buffer.from(body.toString('utf8'));
    expect(faultOf(signed({ body }), [SECRET], text)).toBe('signature');
    expect(faultOf(signed({ body: text }), [SECRET], body)).toBe('signature');
  });

  test.each([-300, -299, 0, 299, 300])('with a timestamp %i seconds from now', (seconds) => {
    expect(faultOf(signed({ timestamp: NOW + seconds }))).toBeNull();
  });
});

describe('a timestamp is refused', () => {
  test.each([-301, 301, -86_400, 86_400])('%i seconds from now', (seconds) => {
    expect(faultOf(signed({ timestamp: NOW + seconds }))).toBe('headers');
  });

  test.each(['', 'now', '1e9', '-1', '1772000000.5', '0x699E', '9'.repeat(13), '2026-03-01T00:00:00Z'])(
    'as "%s"',
    (timestamp) => {
      expect(faultOf({ ...signed(), 'svix-timestamp': timestamp })).toBe('headers');
    },
  );
});

describe('headers are refused', () => {
  test.each(['id', 'timestamp', 'signature'])('without the %s', (part) => {
    for (const prefix of ['svix', 'webhook']) {
      const { [`${prefix}-${part}`]: _, ...rest } = signed({ prefix });
      expect(faultOf(rest)).toBe('headers');
      expect(faultOf({ ...rest, [`${prefix}-${part}`]: '' })).toBe('headers');
      expect(faultOf({ ...rest, [`${prefix}-${part}`]: undefined })).toBe('headers');
    }
  });

  test.each(['v1', 'v1,', 'AAAA', 'sha256=AAAA', ',', ' ', 'version1,AAAA'])(
    'with the signature "%s"',
    (signature) => {
      expect(faultOf({ ...signed(), 'svix-signature': signature })).toBe('headers');
    },
  );

  test('with a header fault, even if no signature could match', () => {
    expect(faultOf({}, [])).toBe('headers');
    expect(faultOf({ 'content-type': 'application/json' })).toBe('headers');
  });
});

describe('a signature is refused', () => {
  const headers = signed();

  test('for another body', () => {
    expect(faultOf(headers, [SECRET], Buffer.from(`${BODY.toString()} `))).toBe('signature');
    expect(faultOf(headers, [SECRET], Buffer.alloc(0))).toBe('signature');
  });

  test('for another id or time', () => {
    expect(faultOf({ ...headers, 'svix-id': 'msg_2' })).toBe('signature');
    expect(faultOf({ ...headers, 'svix-timestamp': String(NOW + 1) })).toBe('signature');
  });

  test('for another secret, or if there is no valid secret', () => {
    expect(faultOf(headers, [secretNamed('other')])).toBe('signature');
    expect(faultOf(headers, [])).toBe('signature');
  });

  test('with another version', () => {
    const signature = headers['svix-signature'] ?? '';
    for (const version of ['v2', 'v1a', 'v0', 'v11']) {
      expect(faultOf({ ...headers, 'svix-signature': signature.replace('v1', version) })).toBe('signature');
    }
  });

  test('with any bit changed', () => {
    const signature = headers['svix-signature'] ?? '';
    const mac = Buffer.from(signature.slice(3), 'base64');
    holdsFor(
      fc.property(fc.nat({ max: mac.length * 8 - 1 }), (bit) => {
        const turned = Buffer.from(mac);
        turned.writeUInt8(turned.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(faultOf({ ...headers, 'svix-signature': `v1,${turned.toString('base64')}` })).toBe(
          'signature',
        );
      }),
    );
  });
});

test('for any headers, a delivery is refused without an exception', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'svix-id',
      'svix-timestamp',
      'svix-signature',
      'webhook-id',
      'SVIX-SIGNATURE',
      '__proto__',
    ),
    fc.string(),
  );
  const value = fc.oneof(fc.string(), fc.constantFrom('v1,', 'v1,AAAA', String(NOW), 'v1,\u0000'));
  holdsFor(
    fc.property(fc.array(fc.tuple(name, value)), fc.uint8Array(), (entries, body) => {
      expect(faultOf(Object.fromEntries(entries), [SECRET], Buffer.from(body))).not.toBeNull();
    }),
    { numRuns: 500 },
  );
});

describe('a secret', () => {
  test.each([
    ['of another kind', 'sk_live_AAAA'],
    ['without its prefix', 'AAAA'],
    ['with nothing after the prefix', 'whsec_'],
    ['with characters outside base64', 'whsec_!!!!'],
    ['with an incomplete byte', 'whsec_A'],
    ['with a space', `${SECRET} `],
    ['that is the placeholder', 'replace-me'],
    ['that is empty', ''],
  ])('%s is invalid', (_, text) => {
    expect(signingKey(text)).toBeNull();
  });
});
