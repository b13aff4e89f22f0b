/** What is stored for several teams in one secret: their keys. Their signing secrets are in signing-secrets.test.ts. */
import { expect, test } from 'vitest';
import { ApiKey } from '../../../core/junction/api-key.ts';
import { secretsHolding } from '../api/scene/secrets-holding.ts';

const NOW = new Date(0);
const teams = [
  { id: 'north', name: 'North' },
  { id: 'south', name: 'South' },
];

const keysIn = (secret: string | null, of = teams) => new ApiKey(secretsHolding(secret), 'key', of);
const read = (secret: string | null) =>
  Promise.all(['north', 'south', 'west', null].map((team) => keysIn(secret).read(NOW, team)));

test('each team has its own key, and a team without one has none', async () => {
  expect(await read('{"north": " sk_n\\n", "south": "sk_s"}')).toEqual(['sk_n', 'sk_s', null, null]);
  expect(await read('{"north": "sk_n", "south": ""}')).toEqual(['sk_n', null, null, null]);
  // West is no team of the deployment.
  expect([...(await keysIn('{"north": "sk_n", "west": "sk_w"}').all(NOW))]).toEqual([['north', 'sk_n']]);
});

test.each([
  ['the placeholder', null],
  ['one key for all', 'sk_plain'],
  ['a list', '["sk_n"]'],
  ['values that are no text', '{"north": {"key": "sk_n"}}'],
])('no team has a key while the secret holds %s', async (_, secret) => {
  expect(await read(secret)).toEqual([null, null, null, null]);
  expect((await keysIn(secret).all(NOW)).size).toBe(0);
});

test('the key of one team is for whatever team an order names', async () => {
  const key = new ApiKey(secretsHolding(' sk_one '), 'key');
  expect(await key.read(NOW, 'any')).toBe('sk_one');
  expect(await key.read(NOW, null)).toBe('sk_one');
  expect([...(await key.all(NOW))]).toEqual([[null, 'sk_one']]);
});
