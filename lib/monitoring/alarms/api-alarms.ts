import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ApiGateway } from '../../api/api-gateway.ts';
import type { HistoryApi } from '../../api/history-api.ts';
import type { OrderingApi } from '../../api/ordering-api.ts';
import type { PeopleApi } from '../../api/people-api.ts';
import type { QuarantineApi } from '../../api/quarantine-api.ts';
import type { QueryApi } from '../../api/query-api.ts';
import type { ReconcileApi } from '../../api/reconcile-api.ts';
import type { ResultsApi } from '../../api/results-api.ts';
import type { People } from '../../sign-in/people.ts';
import { fiveMinutes } from '../metrics.ts';
import type { Alarms } from './alarms.ts';

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
  /** undefined if ordering is off. */
  readonly ordering: OrderingApi | undefined;
}

/** Alarms on the API and the functions behind it. */
export function addApiAlarms(alarms: Alarms, parts: ApiParts): void {
  const { api, query, results, reconcile, quarantine, history, peopleApi, ordering } = parts;
  alarms.add('ApiServerErrors', {
    metric: api.api.metricServerError({ period: fiveMinutes, statistic: Stats.SUM }),
    threshold: 5,
    meaning: 'The API returned five 5xx responses in five minutes. Junction or your programs are affected.',
    runbook: 'api-server-errors',
  });
  alarms.add('QueryErrors', {
    metric: query.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning: 'The query function crashed or timed out. A caller got no response.',
    runbook: 'query-errors',
  });
  alarms.add('ResultsErrors', {
    metric: results.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning: 'The results function crashed or timed out. A caller got no lab results.',
    runbook: 'results-errors',
  });
  alarms.add('ReconcileErrors', {
    metric: reconcile.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning: 'The reconcile function crashed or timed out. A transaction was not reconciled with Junction.',
    runbook: 'reconcile-errors',
  });
  alarms.add('QuarantineErrors', {
    metric: quarantine.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning:
      'The quarantine function crashed or timed out. Someone could not list or replay quarantined webhooks.',
    runbook: 'quarantine-errors',
  });
  alarms.add('HistoryErrors', {
    metric: history.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning: 'The history function crashed or timed out. The health page of the dashboard shows no history.',
    runbook: 'history-errors',
  });
  if (peopleApi) {
    alarms.add('PeopleErrors', {
      metric: peopleApi.function.lambda.metricErrors({ period: fiveMinutes }),
      threshold: 1,
      meaning:
        'The people function crashed or timed out. The dashboard cannot offer people from the user pool as owners. Users can still type a name.',
      runbook: 'people-errors',
    });
  }
  if (!ordering) return;
  alarms.add('OrderingErrors', {
    metric: ordering.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning:
      'The ordering function crashed or timed out. A caller does not know whether Junction accepted an order or booking; repeating the same request tells them.',
    runbook: 'ordering-errors',
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
