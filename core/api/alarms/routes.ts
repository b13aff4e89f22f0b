import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { parseInstant } from '../../domain/instant.ts';
import { json, Problem } from '../../http/problem.ts';
import { noPath, noQuery } from '../../http/request-fields.ts';
import { type Route, route } from '../../http/route.ts';
import type { alarmScopes } from '../../http/route-scopes.ts';
import { readAlarms } from './alarms.ts';
import { type AlarmList, alarmList } from './answer.ts';

export interface AlarmsContext {
  readonly client: CloudWatchClient;
  /** The topic that the alarms of this deployment notify. */
  readonly operatorsTopicArn: string;
  /** Called with the reason when CloudWatch cannot be read. */
  readonly onReadError: (error: unknown) => void;
  readonly clock: () => Date;
  /** The recent answer. */
  readonly alarmsCache: { list?: AlarmList; until?: number };
}

/** CloudWatch allows nine DescribeAlarms per second and account, and many people may keep the page open (ms). */
const CACHED = 60_000;
/** Time reserved for the answer (ms). */
const RESERVE = 1_500;

/** The routes about alarms, by API Gateway's route key. */
export const routes: Readonly<Record<keyof typeof alarmScopes, Route<AlarmsContext>>> = {
  'GET /v1/alarms': route({ path: noPath, query: noQuery }, async (context: AlarmsContext, { timeLeft }) =>
    json(200, await alarmsOf(context, Math.max(1, timeLeft() - RESERVE))),
  ),
};

async function alarmsOf(context: AlarmsContext, timeout: number): Promise<AlarmList> {
  const { client, operatorsTopicArn, onReadError, clock, alarmsCache: cache } = context;
  const now = clock();
  if (cache.list && now.getTime() < (cache.until ?? 0)) return cache.list;
  try {
    const alarms = await readAlarms(client, operatorsTopicArn, AbortSignal.timeout(timeout));
    const list = alarmList.parse({ alarms, read_at: parseInstant(now.toISOString()) });
    Object.assign(cache, { list, until: now.getTime() + CACHED });
    return list;
  } catch (error) {
    onReadError(error);
    throw new Problem(503, 'The alarms cannot be read. Try again later.', { 'retry-after': '30' });
  }
}
