import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AlarmList } from '../../../../core/api/alarms/answer.ts';
import { type Operation, ServiceFault } from '../../../../tools/local/services/service-operation.ts';
import { ALARMS, DESCRIBE_ALARMS, described } from '../scene/alarms.ts';
import { OPERATORS } from '../scene/handlers.ts';
import { serveOperations } from '../scene/local-metrics.ts';
import { QueryApi } from '../scene/query-api.ts';

let opened: QueryApi;
beforeAll(async () => {
  opened = await QueryApi.open();
});
afterAll(() => opened.close());

/** A newly started function whose CloudWatch answers so. */
async function withAlarms<Result>(
  operation: Operation,
  work: (api: QueryApi) => Promise<Result>,
): Promise<Result> {
  const served = await serveOperations({ [DESCRIBE_ALARMS]: operation });
  try {
    return await work(opened.as({ cloudWatch: served.client }));
  } finally {
    await served.close();
  }
}

test('the alarms of all pages that notify the operators are listed, the urgent ones first', async () => {
  const requests: unknown[] = [];
  const unknown = described('sign-in-errors', 'Nobody knows.', {
    AlarmName: 'new',
    StateValue: 'INSUFFICIENT_DATA',
  });
  const { alarms } = await withAlarms(
    (input) => {
      requests.push(input);
      return input.NextToken === undefined
        ? { MetricAlarms: ALARMS, NextToken: 'more' }
        : { MetricAlarms: [unknown] };
    },
    async (api) => (await api.get('/v1/alarms')).json as unknown as AlarmList,
  );
  expect(requests).toEqual([
    { ActionPrefix: OPERATORS, MaxRecords: 100 },
    { ActionPrefix: OPERATORS, MaxRecords: 100, NextToken: 'more' },
  ]);
  expect(alarms.map(({ state, name }) => [state, name])).toEqual([
    ['alarm', 'Webhooks quarantined'],
    ['insufficient_data', 'Sign-in errors'],
    ['ok', 'Redrive errors'],
  ]);
  expect(alarms[1]).toMatchObject({ since: null, reason: null, meaning: 'Nobody knows.' });
});

test('the reason of a state that was set by hand is not shown, and a foreign alarm has its own texts', async () => {
  const alarm = {
    AlarmName: 'ours-too',
    AlarmDescription: 'A free text.',
    AlarmActions: [OPERATORS],
    StateValue: 'ALARM',
    StateReason: 'Jane Roe called',
  };
  const { text } = await withAlarms(
    () => ({ MetricAlarms: [alarm] }),
    (api) => api.get('/v1/alarms'),
  );
  expect(JSON.parse(text).alarms).toEqual([
    {
      id: 'ours-too',
      name: 'ours-too',
      meaning: 'A free text.',
      state: 'alarm',
      since: null,
      reason: null,
      runbook: null,
    },
  ]);
});

test('a failure is answered 503 and not cached; an answer is, for a minute', async () => {
  let requests = 0;
  const operation = () => {
    requests += 1;
    if (requests === 1) throw new ServiceFault('AccessDeniedException', 'not authorized');
    return { MetricAlarms: [] };
  };
  await withAlarms(operation, async (api) => {
    api.now = new Date('2026-03-10T13:00:00Z');
    const { status, headers, json } = await api.get('/v1/alarms');
    expect([status, headers['retry-after'], json.detail]).toEqual([
      503,
      '30',
      'The alarms cannot be read. Try again later.',
    ]);
    expect(api.unread).toHaveLength(1);
    await api.get('/v1/alarms');
    api.now = new Date('2026-03-10T13:00:59Z');
    await api.get('/v1/alarms');
    expect(requests).toBe(2);
    api.now = new Date('2026-03-10T13:01:01Z');
    await api.get('/v1/alarms');
    expect(requests).toBe(3);
  });
});
