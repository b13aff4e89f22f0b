import { expect, test } from 'vitest';
import { ALLOWED_HOSTS_RULE, allowedHosts, refusalOf } from '../trusted-callers.ts';

const schema = allowedHosts(ALLOWED_HOSTS_RULE);
const trust = { allowedHosts: schema.parse('Box.example.com, 192.168.1.5'), publicRoute: 'POST /hook' };
const OWN = '127.0.0.1:8787';

/** The header that a refusal names, or the origin. */
function refused(headers: Record<string, string>, route = 'GET /v1/orders') {
  const [method = '', path = ''] = route.split(' ');
  const listed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const sentence = refusalOf({ method, path, headers: listed }, trust);
  return (
    sentence && /^The (\S+) header .*ALLOWED_HOSTS\.$|another (origin) .*ALLOWED_HOSTS\.$/.exec(sentence)
  );
}

test.each([
  OWN,
  'localhost',
  'LOCALHOST:1',
  '[::1]:8787',
  'box.example.com',
  'box.example.com:443',
  '192.168.1.5:80',
])('the host %s is answered', (host) => {
  expect(refused({ host })).toBeUndefined();
  expect(refused({ host: OWN, 'x-forwarded-host': host })).toBeUndefined();
  expect(refused({ host: OWN, origin: `https://${host}` })).toBeUndefined();
});

test.each([
  'attacker.example',
  'localhost.attacker.example',
  'attacker.example:8787',
  '127.0.0.1@attacker.example',
  '127.0.0.1.',
  '0.0.0.0:8787',
  'sub.box.example.com',
  '',
])('the host "%s" reaches the public route only', (host) => {
  const headers = [
    { host },
    { host: OWN, 'x-forwarded-host': host },
    { host: OWN, 'x-forwarded-host': `${OWN}, ${host}` },
  ];
  for (const one of headers) {
    expect(refused(one)?.[1]).toMatch(/^(X-Forwarded-)?Host$/);
    expect(refused(one, 'POST /hook')).toBeUndefined();
    for (const route of ['GET /hook', 'POST /hook/', 'POST /v1/orders'])
      expect(refused(one, route)).toBeTruthy();
  }
});

test('a request without a host is refused', () => {
  expect(refused({})?.[1]).toBe('Host');
});

test.each([
  'http://attacker.example',
  'https://attacker.example:8787',
  'null',
  'file://',
  'chrome-extension://localhost',
  'http://localhost@attacker.example',
])('a page of %s reaches nothing', (origin) => {
  for (const route of ['GET /v1/orders', 'OPTIONS /v1/orders', 'POST /hook'])
    expect(refused({ host: OWN, origin }, route)?.[2]).toBe('origin');
});

test('a page of another site reaches nothing without an Origin either, but its links can be followed', () => {
  const crossSite = { host: OWN, 'sec-fetch-site': 'cross-site' };
  expect(refused(crossSite, 'POST /hook')?.[2]).toBe('origin');
  expect(refused({ ...crossSite, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })?.[2]).toBe(
    'origin',
  );
  expect(
    refused({ ...crossSite, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }),
  ).toBeUndefined();
  for (const site of ['same-origin', 'none'])
    expect(refused({ ...crossSite, 'sec-fetch-site': site })).toBeUndefined();
});

test.each([
  'https://box.example.com',
  'box.example.com:443',
  'box.example.com/',
  '*',
  '*.example.com',
  'a,,b',
  'a b',
  '::1',
])('ALLOWED_HOSTS cannot be "%s"', (text) => {
  expect(schema.safeParse(text).error?.issues[0]?.message).toBe(ALLOWED_HOSTS_RULE);
});
