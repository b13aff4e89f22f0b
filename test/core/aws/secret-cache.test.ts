/** What requests get while Secrets Manager hangs or fails, tested against a server that does so. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { QUICK } from '../../../core/aws/client-options.ts';
import { readSecret, SecretCache } from '../../../core/aws/secret-cache.ts';
import { localClientSettings } from '../../../tools/local/database/client-settings.ts';

const SECOND = 1_000;

let server: Server;
let client: SecretsManagerClient;
let cache: SecretCache<string>;
/** What Secrets Manager does with the next requests. */
let behaviour: 'answers' | 'hangs' | 'fails';
let held: string;
let requests: number;
/** The milliseconds that requests have waited, on a clock that tests advance. */
let waited = 0;

beforeEach(async () => {
  requests = 0;
  waited = 0;
  behaviour = 'answers';
  held = 'first';
  server = createServer((_, response) => {
    requests += 1;
    if (behaviour === 'hangs') return;
    response.writeHead(behaviour === 'fails' ? 500 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(behaviour === 'fails' ? {} : { SecretString: held }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  client = new SecretsManagerClient({ ...localClientSettings(`http://127.0.0.1:${port}`), ...QUICK });
  cache = new SecretCache(async (signal) => {
    const value = await readSecret(client, { SecretId: 'one' }, signal);
    return value === 'placeholder' ? null : value;
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
  client.destroy();
  server.closeAllConnections();
  server.close();
});

/** What a request gets at a second since the beginning: a value, null, or the name of an error. */
async function readAt(second: number, how: 'read' | 'fresher' | 'readEarly' = 'read'): Promise<unknown> {
  let outcome: { readonly got: unknown } | undefined;
  void cache[how](new Date(second * SECOND)).then(
    (got) => {
      outcome = { got };
    },
    (error: Error) => {
      outcome = { got: error.name };
    },
  );
  await new Promise(setImmediate);
  for (; !outcome && waited < 60 * SECOND; waited += 10) {
    await vi.advanceTimersByTimeAsync(10);
    await new Promise(setImmediate);
  }
  return outcome?.got;
}

/** What one request gets, after checking that it does not wait for an answer that never comes. */
async function readAtOnce(second: number): Promise<unknown> {
  const [before, asked] = [waited, requests];
  const got = await readAt(second);
  expect([waited - before, requests - asked]).toEqual([0, 0]);
  return got;
}

describe.each(['hangs', 'fails'] as const)('while Secrets Manager %s', (how) => {
  test('keeps using the last value, and lets one request per half minute wait for a newer one', async () => {
    expect(await readAt(0)).toBe('first');
    behaviour = how;
    held = 'second';
    waited = 0;
    expect(await readAt(301)).toBe('first');
    // Two seconds, and not the three attempts of a request without a value.
    expect(waited).toBeLessThanOrEqual(2.5 * SECOND);
    for (const second of [301, 302, 310, 330]) expect(await readAtOnce(second)).toBe('first');
    const before = requests;
    expect(await readAt(331)).toBe('first');
    expect(requests).toBeGreaterThan(before);
    behaviour = 'answers';
    expect(await readAtOnce(360)).toBe('first');
    expect(await readAt(361)).toBe('second');
    expect(await readAtOnce(660)).toBe('second');
  });

  test('fails a request without a value, and the next ones at once, until it tries again', async () => {
    behaviour = how;
    const failure = await readAt(0);
    expect(failure).toMatch(/Error|Exception|Unknown/);
    for (const second of [1, 10, 29.9]) expect(await readAtOnce(second)).toBe(failure);
    behaviour = 'answers';
    expect(await readAtOnce(29.99)).toBe(failure);
    expect(await readAt(30)).toBe('first');
  });

  test('does not report a value as fresher than it is', async () => {
    expect(await readAt(0)).toBe('first');
    behaviour = how;
    expect(await readAt(30, 'fresher')).toBeUndefined();
    const before = requests;
    expect(await readAt(31, 'fresher')).toBeUndefined();
    expect(requests).toBe(before);
    expect(await readAtOnce(59)).toBe('first');
  });
});

describe('reading before the first request', () => {
  test('spares the first request its own read', async () => {
    await readAt(0, 'readEarly');
    expect(await readAtOnce(1)).toBe('first');
    held = 'second';
    expect(await readAt(300)).toBe('second');
  });

  test.each(['hangs', 'fails'] as const)(
    'lets the first request try again if Secrets Manager %s',
    async (how) => {
      behaviour = how;
      expect(await readAt(0, 'readEarly')).toBeUndefined();
      behaviour = 'answers';
      expect(await readAt(1)).toBe('first');
    },
  );

  test('is one attempt like others: while it fails, the second request does not try again at once', async () => {
    behaviour = 'fails';
    await readAt(0, 'readEarly');
    const failure = await readAt(1);
    expect(await readAtOnce(2)).toBe(failure);
  });

  test('remembers that a secret is empty', async () => {
    held = 'placeholder';
    await readAt(0, 'readEarly');
    expect(await readAtOnce(29.9)).toBeNull();
  });
});

test('remembers for half a minute that a secret is empty', async () => {
  held = 'placeholder';
  expect(await readAt(0)).toBeNull();
  held = 'at last';
  expect(await readAtOnce(29.9)).toBeNull();
  expect(await readAt(30)).toBe('at last');
});

test('a value that was removed is no longer used', async () => {
  expect(await readAt(0)).toBe('first');
  held = 'placeholder';
  expect(await readAt(300)).toBeNull();
});

test('lets concurrent requests share one read, and does not let them wait if there is a value', async () => {
  const both = [readAt(0), readAt(0)];
  expect(await Promise.all(both)).toEqual(['first', 'first']);
  expect(requests).toBe(1);
  behaviour = 'hangs';
  const refreshing = readAt(300);
  expect(await cache.read(new Date(300 * SECOND))).toBe('first');
  expect(await refreshing).toBe('first');
  expect(requests).toBe(2);
});
