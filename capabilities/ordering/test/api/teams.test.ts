/** Ordering in a deployment of several teams: whose key is used. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEAM } from '../../../../tools/sandbox/journeys/journeys.ts';
import { SANDBOX_API_KEY } from '../../../../tools/sandbox/server.ts';
import { type OrderingWorld, openOrderingWorld, orderRequest } from './ordering-world.ts';

let world: OrderingWorld;
beforeAll(async () => {
  world = await openOrderingWorld();
});
afterAll(() => world.close());

/** The same API with a key for the sandbox's team, and none for the west. */
const several = () =>
  world.api.as({
    teams: [
      { id: TEAM, name: 'North' },
      { id: 'west', name: 'West' },
    ],
    junction: { ...world.junction, apiKey: JSON.stringify({ [TEAM]: SANDBOX_API_KEY }) },
  });

const place = (key: string, query: string, body = orderRequest()) =>
  several().ask('POST', `/v1/orders${query}`, { body, headers: { 'idempotency-key': key } });

test('an order is placed with the key of the team that the request names', async () => {
  expect(await place('none', '')).toMatchObject({
    status: 400,
    json: { detail: 'The parameter team_id is missing: this deployment has several teams.' },
  });
  expect((await place('keyless', '?team_id=west')).status).toBe(503);
  const body = orderRequest();
  const placed = await place('one', `?team_id=${TEAM}`, body);
  expect(placed.status).toBe(201);
  const { id } = placed.json.order as unknown as { id: string };
  // The order has a team from now on.
  expect((await several().ask('POST', `/v1/orders/${id}/cancel`)).status).toBe(200);
});

test('the team is a part of what is repeated', async () => {
  const body = orderRequest();
  expect((await place('same', `?team_id=${TEAM}`, body)).status).toBe(201);
  expect((await place('same', `?team_id=${TEAM}`, body)).status).toBe(201);
  expect((await world.place('same', body)).status).toBe(422);
});
