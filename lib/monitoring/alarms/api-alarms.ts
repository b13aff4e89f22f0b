import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ApiGateway } from '../../api/api-gateway.ts';
import type { HistoryApi } from '../../api/history-api.ts';
import type { PeopleApi } from '../../api/people-api.ts';
import type { QuarantineApi } from '../../api/quarantine-api.ts';
import type { QueryApi } from '../../api/query-api.ts';
import type { ReconcileApi } from '../../api/reconcile-api.ts';
import type { ResultsApi } from '../../api/results-api.ts';
import { fiveMinutes, sum } from '../../metrics/metrics.ts';
import type { People } from '../../sign-in/people.ts';
import type { Alarms } from './alarms.ts';
import { inWords } from './function-alarms.ts';

/** The API and the functions behind it. */
export interface ApiParts {
  readonly api: ApiGateway;
  readonly query: QueryApi;
  readonly results: ResultsApi;
  readonly reconcile: ReconcileApi;
  readonly quarantine: QuarantineApi;
  readonly history: HistoryApi;
  /** undefined if the stack has no user pool for the dashboard. */
  readonly peopleApi: PeopleApi | undefined;
}

/**
 * Alarms on the API and the functions behind it. Those whose crash has the same effect and the same remedy share an alarm: an
 * error is in the log of one of them. An alarm takes ten metrics at most.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html
 */
export function addApiAlarms(alarms: Alarms, parts: ApiParts): void {
  const { api, query, results, reconcile, quarantine, history, peopleApi } = parts;
  alarms.add('ApiServerErrors', {
    metric: api.api.metricServerError({ period: fiveMinutes, statistic: Stats.SUM }),
    threshold: 5,
    meaning: 'The API returned five 5xx responses in five minutes. Junction or your programs are affected.',
    runbook: 'api-server-errors',
  });
  const alike = [query, results, reconcile, quarantine, history, ...(peopleApi ? [peopleApi] : [])];
  const functions = alike.map((part) => part.function);
  alarms.add('ApiFunctionErrors', {
    metric: sum(
      'errors',
      functions.map(({ lambda }) => lambda.metricErrors({ period: fiveMinutes })),
      'Errors of the functions behind the API',
    ),
    threshold: 1,
    meaning: `A function behind the API crashed or timed out: ${inWords(functions.map(({ name }) => name))}. Someone got no response. Nothing that was stored is lost.`,
    runbook: 'api-function-errors',
  });
}

/** Alarms on the sign-in to the dashboard. */
export function addSignInAlarms(alarms: Alarms, people: People): void {
  alarms.add('SignInErrors', {
    metric: people.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning: 'The sign-in function crashed or timed out. Someone could not sign in to the dashboard.',
    runbook: 'sign-in-errors',
  });
}
