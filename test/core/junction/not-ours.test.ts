/** Webhooks about nothing that exists, and of other teams. */
import { describe, expect, test } from 'vitest';
import { readWebhook } from '../../../core/junction/webhook-message.ts';
import { appointment, orderId, TEAM, USER } from '../../../tools/verification/oracle/bodies.ts';
import { order, RECEIVED_AT } from './reading.ts';

const ID = '5f0c2d1e-7b1a-4c3d-9e8f-0a1b2c3d4e5f';
const AT = '2023-11-07T05:31:56Z';

const kindOf = (body: unknown, teamId: string | null = null) =>
  readWebhook(JSON.stringify(body), RECEIVED_AT, { teamId }).kind;

const everywhere = { team_id: ID, user_id: ID, client_user_id: ID };
const exampleOrder = {
  id: ID,
  ...everywhere,
  lab_test: { id: ID, name: '<string>' },
  created_at: AT,
  updated_at: AT,
  events: [{ id: 123, created_at: AT, status: 'received.walk_in_test.ordered' }],
  order_transaction: { id: ID, status: 'active', orders: [{ id: ID, parent_id: ID, origin: 'initial' }] },
};

describe('an example from Junction’s dashboard is told from a webhook about an order', () => {
  test.each([
    ['an order', { event_type: 'labtest.order.created', ...everywhere, data: exampleOrder }],
    ['an order without an envelope', exampleOrder],
    ['an order of nobody', { ...exampleOrder, team_id: null, user_id: null }],
    [
      'an order in upper case',
      { event_type: 'labtest.order.updated', data: { ...exampleOrder, id: ID.toUpperCase() } },
    ],
    [
      'an appointment',
      {
        event_type: 'labtest.appointment.updated',
        data: { id: ID, order_id: ID, status: 'confirmed', event_status: 'scheduled', events: [] },
      },
    ],
    [
      'a critical result',
      { event_type: 'labtest.result.critical', ...everywhere, data: { order_id: ID, updated_at: AT } },
    ],
    [
      'a critical result of the generated documentation',
      {
        event_type: 'labtest.result.critical',
        data: { order_id: '3c90c3cc-0d44-4b50-8888-8dd25736052a', status: 'final', updated_at: AT },
      },
    ],
    [
      'a match review',
      {
        event_type: 'labtest.match_review.created',
        data: { id: ID, status: 'pending_customer_review', resolved_order_id: ID },
      },
    ],
  ])('%s', (_, body) => {
    expect(kindOf(body)).toBe('example');
    // Whoever sets up the deployment of one team sends it too.
    expect(kindOf(body, TEAM)).toBe('example');
  });

  test('real ones name different things by different ids', () => {
    expect(kindOf(order)).toBe('order');
    // A field that an order does not have by Junction's documentation hides no order.
    expect(kindOf({ ...order, order_id: order.id })).toBe('order');
    // Opaque ids are the customer's, and may be short.
    const data = { id: 'x', status: 'open' };
    expect(kindOf({ event_type: 'labtest.match_review.created', team_id: 'x', data })).toBe('match_review');
  });
});

describe('with a team, a webhook that names another one', () => {
  const critical = { event_type: 'labtest.result.critical', data: { order_id: orderId(1) } };
  const review = { event_type: 'labtest.match_review.created', data: { id: 'mr_1', status: 'open' } };
  const updated = { event_type: 'labtest.order.updated', data: { ...order, team_id: null } };

  test.each([
    ['order', updated],
    ['appointment', { event_type: 'labtest.appointment.updated', data: appointment(1, 1) }],
    ['critical_result', critical],
    ['match_review', review],
  ])('is not taken: %s', (kind, body) => {
    expect(kindOf({ ...body, team_id: TEAM }, TEAM)).toBe(kind);
    expect(kindOf({ ...body, team_id: null }, TEAM)).toBe(kind);
    expect(kindOf({ ...body, team_id: 'another' }, TEAM)).toBe('other_team');
    expect(kindOf({ ...body, team_id: 'another' })).toBe(kind);
    expect(kindOf({ ...body, team_id: TEAM, data: { ...body.data, team_id: 'another' } }, TEAM)).toBe(
      'other_team',
    );
  });

  test('is kept with a reason that names the field alone', () => {
    const body = JSON.stringify({ ...order, team_id: 'another', user_id: USER });
    expect(readWebhook(body, RECEIVED_AT, { teamId: TEAM })).toEqual({
      kind: 'other_team',
      reason: "body.team_id: another team than the deployment's",
    });
  });
});

describe('with several teams, the path says whose webhook it is', () => {
  const at = (pathTeam: string, body: object) => readWebhook(JSON.stringify(body), RECEIVED_AT, {}, pathTeam);

  test('what names another team is kept apart', () => {
    expect(at('another', { event_type: 'labtest.order.updated', team_id: TEAM, data: order })).toEqual({
      kind: 'other_team',
      reason: "body.team_id: another team than the path's",
    });
    expect(at('another', { ...order, team_id: TEAM }).kind).toBe('other_team');
  });

  test('what names none is of the team of the path', () => {
    const { team_id: _, ...data } = { ...order, team_id: undefined };
    for (const body of [data, { event_type: 'labtest.order.updated', data }]) {
      expect(at('north', body)).toMatchObject({ kind: 'order', facts: { snapshot: { team_id: 'north' } } });
    }
  });
});
