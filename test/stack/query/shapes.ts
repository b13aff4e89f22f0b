/** The fields of a transaction and of an order. */
import { describe, expect, test } from 'vitest';
import { march, orderId } from '../../../tools/verification/oracle/bodies.ts';
import { all, client, expectProblem, initial, NOBODY, REDRAW } from './scene.ts';

export function shapes(): void {
  describe('by id', () => {
    const ids = { transactions: REDRAW, orders: orderId(1) };

    test.each(['transactions', 'orders'] as const)('%s: the id is case-insensitive', async (kind) => {
      const lower = await client.ask(`/v1/${kind}/${ids[kind]}`);
      const upper = await client.ask(`/v1/${kind}/${ids[kind].toUpperCase()}`);
      expect(lower.status).toBe(200);
      expect(upper.text).toBe(lower.text);
    });

    test.each(['transactions', 'orders'] as const)(
      '%s: 404 for an unknown id, 400 for an invalid one',
      async (kind) => {
        expectProblem(await client.ask(`/v1/${kind}/${NOBODY}`), 404);
        const wrong = [
          'x',
          `${NOBODY}0`,
          NOBODY.slice(1),
          `${NOBODY}%20`,
          '%00',
          '..%2F..',
          `TX%23${NOBODY}`,
          '__proto__',
        ];
        for (const id of wrong) expectProblem(await client.ask(`/v1/${kind}/${id}`), 400);
        expectProblem(await client.ask(`/v1/${kind}/${ids[kind]}?verbose=1`), 400);
      },
    );

    test('an id of one kind is not found as another kind', async () => {
      expectProblem(await client.ask(`/v1/orders/${REDRAW}`), 404);
      expectProblem(await client.ask(`/v1/transactions/${orderId(1)}`), 404);
    });
  });

  describe('the fields of', () => {
    const keysOf = (value: unknown) => Object.keys(value as object).sort();

    test('a transaction', async () => {
      const { json, headers } = await client.ask(`/v1/transactions/${REDRAW}`);
      expect(headers['content-type']).toBe('application/json');
      expect(headers['cache-control']).toBe('no-store');
      expect(json).toEqual({
        id: REDRAW,
        status: 'active',
        outcome: 'redraw_expected',
        rule: 'R/none',
        rule_source: 'reported',
        reported_status: 'active',
        diverges: false,
        team_id: initial.team_id,
        user_id: initial.user_id,
        client_user_id: null,
        created_at: march(1),
        updated_at: march(3),
        revision: expect.any(Number),
        orders: [
          {
            id: orderId(1),
            origin: 'initial',
            parent_id: null,
            modality: 'walk_in_test',
            lab_test: { name: 'Lipids', lab: 'quest' },
            status: 'collecting_sample',
            low_level_status: 'redraw_available',
            low_level_status_created_at: march(3),
            status_detail: null,
            interpretation: null,
            created_at: march(1),
            has_missing_results: null,
            redraw_available_at: march(3),
            results_reported_at: march(3),
            expected_result_by_date: null,
            worst_case_result_by_date: null,
            critical_result: null,
          },
        ],
        critical_result: null,
        told: null,
        next_step: {
          situation: 'no_order',
          order_id: null,
          cause: null,
          actions: ['ask_junction'],
        },
        junction_checks: [],
        unanswered_checks: null,
        contact: null,
        reach: 'not_told',
        assignment: null,
        review: null,
        missing_results: [],
        redraw: {
          state: 'expected',
          order_id: null,
          single_order: false,
          available_at: march(3),
          stage: expect.any(String),
          due_at: march(3, '09:00:00'),
          stale_since: null,
          unchecked: false,
          unchecked_reason: null,
          acknowledgement: null,
          withdrawal: null,
          decision: null,
          missing_results: [],
        },
        decision: null,
        open_order: null,
        anomalies: [],
      });
    });

    test('an order', async () => {
      const learned = {
        status_detail: null,
        learned_at: expect.stringMatching(/Z$/),
        learned_from: 'webhook',
      };
      const { json } = await client.ask(`/v1/orders/${orderId(1)}`);
      expect(json).toEqual({
        id: orderId(1),
        order_transaction_id: REDRAW,
        origin: 'initial',
        parent_id: null,
        modality: 'walk_in_test',
        status: 'collecting_sample',
        low_level_status: 'redraw_available',
        low_level_status_created_at: march(3),
        status_detail: null,
        interpretation: null,
        user_id: initial.user_id,
        client_user_id: null,
        team_id: initial.team_id,
        lab_test: { id: expect.any(String), name: 'Lipids', slug: 'lipids', lab: 'quest' },
        has_missing_results: null,
        expected_result_by_date: null,
        worst_case_result_by_date: null,
        created_at: march(1),
        updated_at: march(1),
        events: [
          { id: 1, created_at: march(1), status: 'received.walk_in_test.ordered', ...learned },
          {
            id: 2,
            created_at: march(3),
            status: 'collecting_sample.walk_in_test.redraw_available',
            ...learned,
          },
        ],
        draw_evidence: [],
        appointments: [],
        critical_results: [],
        critical_result: null,
        match_reviews: [],
        registered_at: null,
        discarded: null,
      });
    });

    test('every transaction are the same, whatever its history', async () => {
      const model = await client.ask(`/v1/transactions/${REDRAW}`);
      const sample = model.json as { orders: object[]; redraw: object };
      for (const [index, one] of all.entries()) {
        expect(keysOf(one)).toEqual(keysOf(sample));
        for (const order of one.orders) expect(keysOf(order)).toEqual(keysOf(sample.orders[0]));
        if (one.redraw) expect(keysOf(one.redraw)).toEqual(keysOf(sample.redraw));
        expect(one.orders.map(creation)).toEqual(one.orders.map(creation).sort());
        if (index % 4 === 0) expect((await client.ask(`/v1/transactions/${one.id}`)).json).toEqual(one);
      }
      expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['active', 'completed', 'cancelled']));
      expect(all.some(({ redraw }) => redraw !== null)).toBe(true);
    });

    test('every order are the same, with and without appointments', async () => {
      const model = keysOf((await client.ask(`/v1/orders/${orderId(1)}`)).json);
      let appointments = 0;
      for (const id of all.slice(0, 80).flatMap(({ orders }) => orders.map((order) => order.id))) {
        const { json } = await client.ask(`/v1/orders/${id}`);
        expect(keysOf(json)).toEqual(model);
        for (const booked of (json as { appointments: object[] }).appointments) {
          appointments += 1;
          const keys = [
            'can_reschedule',
            'end_at',
            'event_status',
            'iana_timezone',
            'id',
            'provider',
            'start_at',
          ];
          expect(keysOf(booked)).toEqual([...keys, 'status', 'type', 'updated_at']);
        }
      }
      expect(appointments).toBeGreaterThan(0);
    });
  });
}

const creation = (order: object) => (order as { created_at: string | null }).created_at ?? '9';
