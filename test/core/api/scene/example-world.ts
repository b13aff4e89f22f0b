/** The world of the examples in the OpenAPI document, and the answers of the API in it. */

import { writeRouteFailures } from '../../../../core/store/junction-notices/route-failures.ts';
import { countUnreadableFields } from '../../../../core/store/junction-notices/unreadable-fields.ts';
import { sweepOpenOrders } from '../../../../core/use-cases/sweep/sweep.ts';
import { SANDBOX_API_KEY, startSandbox } from '../../../../tools/sandbox/server.ts';
import {
  event,
  listed,
  march,
  orderId,
  TEAM,
  transaction,
  transactionId,
  USER,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import { recountAll } from '../../use-cases/counters.ts';
import type { QueryApi } from './query-api.ts';

const REGISTRATION = {
  order_transaction_id: transactionId(2),
  user_id: USER,
  client_user_id: 'patient-1042',
};
const MATCH_REVIEW = '5f0c3c1e-6a0e-4e0a-9c1b-0b8f6c1d2e33';
const ASSIGNMENT = {
  assignee: 'lab-ops@example.com',
  follow_up_at: '2026-03-12T13:00:00Z',
  replaces: null,
};
const NOTE = { kind: 'unreachable', text: 'No answer, no voicemail. Trying again on Thursday.' };
const ACKNOWLEDGEMENT = { by: 'lab-ops@example.com', note: 'Called the draw center.', replaces: null };

const REPLAYS = { reason: 'order.id: not a UUID' };
const DISCARD = { by: 'lab-ops@example.com', note: 'The example of a test of the endpoint.' };

const DISMISSAL = { note: 'A manual test of the endpoint.' };

const ACKNOWLEDGEMENTS = {
  by: 'lab-ops@example.com',
  redraws: [{ transaction_id: transactionId(1), replaces: null }, { transaction_id: transactionId(9) }],
};

const WITHDRAWALS = {
  by: 'lab-ops@example.com',
  redraws: [
    { transaction_id: transactionId(1), acknowledged_at: '2026-03-10T08:00:00Z' },
    { transaction_id: transactionId(9) },
  ],
};

const VIEW_ID = '5f0c3c1e-6a0e-4e0a-9c1b-0b8f6c1d2e77';
const VIEW = {
  name: 'Quest, overdue',
  address: 'show=unassigned&f=lab%3DQuest&f=due%3DOverdue',
  replaces: null,
};

const OLIVIA = {
  sub: '11111111-0000-4000-8000-000000000001',
  client_id: '1example23456789',
  email: 'lab-ops@example.com',
  token_use: 'access',
};

const redraw = { origin: 'redraw', parent_id: orderId(1), created_at: march(4), updated_at: march(4) };
const first = listed(1, 'redraw_available', march(3), { created_at: march(1), updated_at: march(3) });

const REVIEW = { results_at: '2026-03-03T08:00:00Z' };

const CRITICAL_ACKNOWLEDGEMENT = {
  by: 'lab-ops@example.com',
  told: 'Dr. Lee',
  channel: 'phone',
  read_back: true,
  latest_at: '2026-03-10T07:55:00Z',
};

/** Junction's API knows of a requisition for the redraw whose webhook was lost. */
function junctionSays(path: string) {
  const second = listed(2, 'requisition_created', march(5), redraw);
  const order = walkIn(2, [event(4, 'ordered', march(4)), event(5, 'requisition_created', march(5))], {
    ...redraw,
    order_transaction: transaction(1, 'active', [first, second]),
  });
  const answers: Record<string, unknown> = {
    [`/v3/order_transaction/${transactionId(1)}`]: {
      ...transaction(1, 'active', [first, second]),
      team_id: TEAM,
    },
    [`/v3/order/${orderId(2)}`]: order,
  };
  const body = answers[path];
  return body === undefined ? null : { status: 200, body };
}

/** The metrics of one morning and the night before it. */
function measure({ metrics }: QueryApi): void {
  const ours = 'RedrawTracker/test';
  const measured: [namespace: string, name: string, dimensions: Record<string, string>, values: string][] = [
    [ours, 'WebhookApplied', { service: 'webhook' }, '412 96 238'],
    [ours, 'WebhookMerged', { service: 'webhook' }, '9 1 4'],
    [ours, 'WebhookSuperseded', { service: 'webhook' }, '17 3 6'],
    [ours, 'WebhookDuplicate', { service: 'webhook' }, '31 8 12'],
    [ours, 'WebhookIgnored', { service: 'webhook' }, '5 - 2'],
    [ours, 'WebhookQuarantined', { service: 'webhook' }, '- - 1'],
    [ours, 'RedrawsOpen', { service: 'sweep' }, '14 12 13'],
    [ours, 'RedrawsStale', { service: 'sweep' }, '3 3 2'],
    ['AWS/Lambda', 'IteratorAge', { FunctionName: 'Projection' }, '412 387 398'],
  ];
  for (const [namespace, name, dimensions, values] of measured) {
    for (const [period, value] of values.split(' ').entries()) {
      const at = Date.UTC(2026, 2, 9, 18 + 6 * period, 30);
      if (value !== '-') metrics.record({ namespace, name, dimensions, values: [Number(value)], at });
    }
  }
}

/** An order without a requisition, flagged by a sweep. */
async function stallingOrder(api: QueryApi): Promise<void> {
  await api.deliver(
    walkIn(4, [event(9, 'ordered', march(4))], { order_transaction: transaction(4, 'active', []) }),
  );
  const sweeping = { projection: api.projection, apis: new Map(), every: 900_000, hasTime: () => true };
  await sweepOpenOrders({ ...sweeping, onSkip: () => undefined }, '2026-03-10T08:00:00.000000Z');
}

type Keep = (name: string, method: string, url: string, body: unknown, asked: QueryApi) => Promise<void>;

/** An order and a review that Junction does not know. */
async function keepDiscards(api: QueryApi, keep: Keep): Promise<void> {
  const review = '5f0c3c1e-6a0e-4e0a-9c1b-0b8f6c1d2e44';
  await api.deliver(walkIn(7, [event(20, 'ordered', march(4))]), {
    event_type: 'labtest.match_review.created',
    data: { id: review, status: 'pending_customer_review' },
  });
  const sandbox = await startSandbox();
  const asking = api.as({ junction: { baseUrl: sandbox.url, apiKey: SANDBOX_API_KEY } });
  asking.now = api.now;
  await keep('discardedOrder', 'POST', `/v1/orders/${orderId(7)}/discard`, DISCARD, asking);
  await keep('discardedReview', 'POST', `/v1/match-reviews/${review}/discard`, DISCARD, asking);
  await sandbox.close();
}

/** One transaction with a redraw in progress, and one order that was only registered. */
export async function exampleWorld(api: QueryApi): Promise<Record<string, unknown>> {
  api.now = new Date('2026-03-10T08:00:00Z');
  await api.deliver(
    {
      event_type: 'labtest.order.updated',
      team_id: TEAM,
      user_id: USER,
      client_user_id: 'patient-1042',
      data: walkIn(
        1,
        [
          event(1, 'ordered', march(1)),
          event(2, 'requisition_created', march(1, '08:05:00')),
          event(3, 'redraw_available', march(3)),
        ],
        {
          has_missing_results: true,
          order_transaction: transaction(1, 'active', [first]),
        },
      ),
    },
    {
      event_type: 'labtest.order.created',
      team_id: TEAM,
      user_id: USER,
      client_user_id: 'patient-1042',
      data: walkIn(2, [event(4, 'ordered', march(4))], {
        ...redraw,
        order_transaction: transaction(1, 'active', [first, listed(2, 'ordered', march(4), redraw)]),
      }),
    },
  );
  const quarantined = '{"event_type":"labtest.order.updated","data":{"id":"none"}}';
  await api.take(quarantined);
  const answers: Record<string, unknown> = {};
  const keep = async (name: string, method: string, url: string, body?: unknown, asked = api) => {
    const { status, json, text } = await asked.ask(method, url, body === undefined ? {} : { body });
    if (status !== 200 && status !== 201) throw new Error(`${method} ${url} answered ${status} ${text}`);
    answers[name] = json;
  };
  const one = `/v1/transactions/${transactionId(1)}`;
  await keep('transaction', 'GET', one);
  await keep('explained', 'GET', `${one}?explain=true`);
  await keep('transactionList', 'GET', '/v1/transactions?status=active&limit=1');
  await keep('search', 'GET', '/v1/search?q=Patient-1042');
  await keep('junctionTransaction', 'GET', `/v3/order_transaction/${transactionId(1)}`);
  await keep('order', 'GET', `/v1/orders/${orderId(2)}`);
  await recountAll(api.table, null, march(8));
  await keep('summary', 'GET', '/v1/summary');
  await countUnreadableFields(api.table, new Map([['order.lab_test.name', 2]]), march(9));
  const failures = { runs: 1, since: march(9), reason: "Junction's API did not answer: 503" };
  const not_offered_until = march(10, '12:00:00');
  await writeRouteFailures(api.table, new Map([['psc_appointment', { ...failures, not_offered_until }]]));
  await keep('junctionNotices', 'GET', '/v1/junction/notices');
  await keep('insights', 'GET', '/v1/insights?from=2026-03&to=2026-03&by=test');
  measure(api);
  await keep('personList', 'GET', '/v1/people');
  await keep('history', 'GET', '/v1/summary/history?days=13');
  await keep('alarms', 'GET', '/v1/alarms');
  await api.deliver({
    event_type: 'labtest.match_review.created',
    team_id: TEAM,
    data: { id: MATCH_REVIEW, status: 'pending_customer_review', decision_code: 'multiple_demo_match' },
  });
  await keep('matchReview', 'GET', `/v1/match-reviews/${MATCH_REVIEW}`);
  await keep('matchReviewList', 'GET', '/v1/match-reviews');
  await keep('quarantineList', 'GET', '/v1/quarantine');
  const { quarantined: [head] = [] } = answers.quarantineList as { quarantined: { id: string }[] };
  await keep('replay', 'POST', `/v1/quarantine/${head?.id}/replay`);
  const olivia = api.as({ claims: OLIVIA });
  olivia.now = api.now;
  await keep('replayResults', 'POST', '/v1/quarantine/replays', REPLAYS);
  await keep('dismissedWebhook', 'PUT', `/v1/quarantine/${head?.id}/dismissal`, DISMISSAL, olivia);
  await keep(
    'acknowledgedTransaction',
    'PUT',
    `/v1/redraws/${transactionId(1)}/acknowledgement`,
    ACKNOWLEDGEMENT,
    olivia,
  );
  await keep('acknowledgementResults', 'POST', '/v1/redraws/acknowledgements', ACKNOWLEDGEMENTS, olivia);
  await keep('withdrawalResults', 'POST', '/v1/redraws/withdrawals', WITHDRAWALS, olivia);
  // Repeats a withdrawal, which changes nothing.
  await keep(
    'withdrawnTransaction',
    'DELETE',
    `/v1/redraws/${transactionId(1)}/acknowledgement?by=lab-ops@example.com&acknowledged_at=2026-03-10T08:00:00Z`,
    undefined,
    olivia,
  );
  const sandbox = await startSandbox({ fault: ({ path }) => junctionSays(path) });
  const asking = api.as({ junction: { baseUrl: sandbox.url, apiKey: SANDBOX_API_KEY } });
  asking.now = api.now;
  await keep('reconciliation', 'POST', `${one}/reconcile`, undefined, asking);
  await sandbox.close();
  await keep('assignedTransaction', 'PUT', `${one}/assignment`, ASSIGNMENT, olivia);
  await keep('note', 'POST', `${one}/notes`, NOTE, olivia);
  await keep('noteList', 'GET', `${one}/notes`);
  await keep('unassignedTransaction', 'DELETE', `${one}/assignment`, undefined, olivia);
  await keep('reviewedTransaction', 'PUT', `${one}/review`, REVIEW, olivia);
  await keep('unreviewedTransaction', 'DELETE', `${one}/review`, undefined, olivia);
  await keep('registeredOrder', 'PUT', `/v1/orders/${orderId(3)}`, REGISTRATION);
  await stallingOrder(api);
  await keep('stalledOrderList', 'GET', '/v1/orders?state=stalled');
  const stalled = `/v1/orders/${orderId(4)}/acknowledgement`;
  await keep('acknowledgedOrder', 'PUT', stalled, ACKNOWLEDGEMENT, olivia);
  await keep('withdrawnOrder', 'DELETE', `${stalled}?by=lab-ops@example.com`, undefined, olivia);
  await api.deliver({
    event_type: 'labtest.result.critical',
    team_id: TEAM,
    data: { order_id: orderId(1), status: 'partial', updated_at: '2026-03-10T07:55:00Z' },
  });
  await keep('criticalResultList', 'GET', '/v1/critical-results');
  await keep(
    'acknowledgedCriticalResult',
    'PUT',
    `/v1/orders/${orderId(1)}/critical-result/acknowledgement`,
    CRITICAL_ACKNOWLEDGEMENT,
    olivia,
  );
  await keep('sharedView', 'PUT', `/v1/views/${VIEW_ID}`, VIEW, olivia);
  await keep('sharedViewList', 'GET', '/v1/views');
  await keep(
    'deletedView',
    'DELETE',
    `/v1/views/${VIEW_ID}?replaces=2026-03-10T08:00:00Z`,
    undefined,
    olivia,
  );
  await keepDiscards(api, keep);
  return {
    ...answers,
    discard: DISCARD,
    registration: REGISTRATION,
    acknowledgement: ACKNOWLEDGEMENT,
    acknowledgements: ACKNOWLEDGEMENTS,
    withdrawals: WITHDRAWALS,
    criticalAcknowledgement: CRITICAL_ACKNOWLEDGEMENT,
    assignment: ASSIGNMENT,
    noteRequest: NOTE,
    review: REVIEW,
    replays: REPLAYS,
    dismissal: DISMISSAL,
    viewRequest: VIEW,
  };
}
