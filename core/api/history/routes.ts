import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { json, Problem } from '../../http/problem.ts';
import { noPath } from '../../http/request-fields.ts';
import { type Route, route } from '../../http/route.ts';
import type { historyScopes } from '../../http/route-scopes.ts';
import type { SummaryHistory } from './answer.ts';
import { type MetricsPlace, measuresOf, showHistory } from './history.ts';
import { readSeries } from './series.ts';
import { type Span, spanOf } from './span.ts';

export interface HistoryContext {
  readonly client: CloudWatchClient;
  readonly place: MetricsPlace;
  /** Called with the reason when CloudWatch cannot be read. */
  readonly onReadError: (error: unknown) => void;
  readonly clock: () => Date;
  /** Recent answers, by the number of days. */
  readonly cache: Map<number, { readonly history: SummaryHistory; readonly until: number }>;
}

const days = z.string().check(
  z.regex(/^\d{1,2}$/, 'it must be a whole number'),
  z.refine((text) => Number(text) >= 1 && Number(text) <= 30, 'it must be between 1 and 30'),
);
DOCS: describe(days, {
  description: 'How many days the history covers.',
  json: { type: 'integer', minimum: 1, maximum: 30, default: 7 },
});

const DEFAULT_DAYS = 7;
/** CloudWatch charges for each metric read, and many people may keep the page open (ms). */
const CACHED = 60_000;
/** Time reserved for the answer (ms). */
const RESERVE = 1_500;

/** The routes of the history function, by API Gateway's route key. */
export const routes: Readonly<Record<keyof typeof historyScopes, Route<HistoryContext>>> = {
  'GET /v1/summary/history': route(
    { path: noPath, query: z.strictObject({ days: z.optional(days) }) },
    async (context: HistoryContext, { query, timeLeft }) => {
      const requested = Number(query.days ?? DEFAULT_DAYS);
      return json(200, await history(context, requested, Math.max(1, timeLeft() - RESERVE)));
    },
  ),
};

async function history(context: HistoryContext, days: number, timeout: number): Promise<SummaryHistory> {
  const now = context.clock();
  const cached = context.cache.get(days);
  if (cached && now.getTime() < cached.until) return cached.history;
  const span = spanOf(days, now);
  const history = showHistory(await seriesOf(context, span, timeout), span);
  context.cache.set(days, { history, until: now.getTime() + CACHED });
  return history;
}

async function seriesOf({ client, place, onReadError }: HistoryContext, span: Span, timeout: number) {
  try {
    return await readSeries(client, measuresOf(place), span, AbortSignal.timeout(timeout));
  } catch (error) {
    onReadError(error);
    throw new Problem(503, 'The metrics cannot be read. Try again later.', { 'retry-after': '30' });
  }
}
