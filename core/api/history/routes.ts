import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { json, Problem } from '../../http/problem.ts';
import { historyReads } from '../../http/requests.ts';
import { type Route, route } from '../../http/route.ts';
import type { historyScopes } from '../../http/scopes.ts';
import type { SummaryHistory } from './answer.ts';
import { type MetricsPlace, measuresOf, showHistory } from './history.ts';
import { readSeries } from './series.ts';
import { type Span, spanOf } from './span.ts';

/** What a history is told from. */
export interface Telling {
  readonly client: CloudWatchClient;
  readonly place: MetricsPlace;
  /** Told why CloudWatch could not be read. */
  readonly onUnread: (error: unknown) => void;
  readonly clock: () => Date;
  /** What was told lately, by the days asked for. */
  readonly told: Map<number, { readonly history: SummaryHistory; readonly until: number }>;
}

const DEFAULT_DAYS = 7;
/** A page that many keep open reads CloudWatch once a minute, and each metric read costs (ms). */
const KEPT = 60_000;
/** Kept back to answer in (ms). */
const RESERVE = 1_500;

/** Every route of the history function, by API Gateway's route key. */
export const routes: Readonly<Record<keyof typeof historyScopes, Route<Telling>>> = {
  'GET /v1/summary/history': route(historyReads, async (telling: Telling, { query, timeLeft }) => {
    const days = Number(query.days ?? DEFAULT_DAYS);
    return json(200, await history(telling, days, Math.max(1, timeLeft() - RESERVE)));
  }),
};

async function history(telling: Telling, days: number, timeout: number): Promise<SummaryHistory> {
  const now = telling.clock();
  const known = telling.told.get(days);
  if (known && now.getTime() < known.until) return known.history;
  const span = spanOf(days, now);
  const history = showHistory(await seriesOf(telling, span, timeout), span);
  telling.told.set(days, { history, until: now.getTime() + KEPT });
  return history;
}

async function seriesOf({ client, place, onUnread }: Telling, span: Span, timeout: number) {
  try {
    return await readSeries(client, measuresOf(place), span, AbortSignal.timeout(timeout));
  } catch (error) {
    onUnread(error);
    throw new Problem(503, 'The metrics can not be read now; try again later.', { 'retry-after': '30' });
  }
}
