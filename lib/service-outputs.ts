import type { ApiGateway } from './api/api-gateway.ts';
import { pascalCase } from './configuration/pascal-case.ts';
import { version } from './configuration/version.ts';
import type { Dashboard } from './dashboard/dashboard.ts';
import type { Entrance } from './edge/entrance.ts';
import type { OperatorNotifications } from './events/operator-notifications.ts';
import type { WebhookEndpoint } from './intake/webhook-endpoint.ts';
import type { DeployedCapability } from './monitoring/deployed-capability.ts';
import type { TableExport } from './moving/table-export.ts';
import type { TableLoad } from './moving/table-load.ts';
import type { ServiceOutput } from './outputs/service-output.ts';
import type { HistoryImport } from './projection/history-import.ts';
import type { Rebuild } from './projection/rebuild.ts';
import type { RedrawTrackerData } from './redraw-tracker-data.ts';
import type { TokenIssuer } from './sign-in/token-issuer.ts';

interface OutputParts {
  readonly api: ApiGateway;
  readonly webhook: WebhookEndpoint;
  readonly rebuild: Rebuild;
  readonly historyImport: HistoryImport;
  readonly tableExport: TableExport;
  readonly tableLoad: TableLoad;
  readonly notifications: OperatorNotifications;
  readonly entrance: Entrance | undefined;
  readonly dashboard: Dashboard | undefined;
  readonly capabilities: readonly DeployedCapability[];
}

/** What the stack prints after a deployment, by name. Parts that the configuration leaves out print nothing. */
export function serviceOutputs(data: RedrawTrackerData, parts: OutputParts) {
  const { api, webhook, rebuild, historyImport, notifications, entrance, dashboard, capabilities } = parts;
  const { table, quarantine, issuer, events, failures, deadLetters, operators, criticalResults } = data;
  const output = (value: string, description: string): ServiceOutput => ({ value, description });
  return {
    Version: output(version, 'The deployed version of redraw-tracker'),
    WebhookUrl: output(
      entrance ? entrance.url + webhook.path : webhook.url,
      data.context.teams.length === 0
        ? "The webhook endpoint to enter in Junction's dashboard"
        : 'The webhook endpoint of each team, with the id of the team in place of {team_id}',
    ),
    WebhookSecretArn: output(
      data.webhookSecret.secret.secretArn,
      'Store the signing secret (whsec_...) here',
    ),
    ApiUrl: output(entrance?.url ?? api.api.apiEndpoint, 'The base URL of the API'),
    ...(issuer && {
      TokenEndpoint: output(issuer.tokenEndpoint, 'Where programs request tokens (client_credentials)'),
      ...clientOutputs(issuer),
      UserPoolId: output(
        issuer.userPool.userPoolId,
        'The user pool with the accounts of people and the secrets of programs',
      ),
    }),
    ...(dashboard && { DashboardUrl: output(dashboard.url, 'The URL of the dashboard') }),
    TableName: output(table.table.tableName, 'The table of orders and transactions'),
    QuarantineTableName: output(
      quarantine.table.tableName,
      'The table of webhooks that could not be read or stored',
    ),
    JunctionApiKeyArn: output(data.junctionApiKey.secret.secretArn, "Store the key for Junction's API here"),
    RebuildFunctionName: output(
      rebuild.function.lambda.functionName,
      'Invoke this function to rebuild transactions from their orders (docs/operations/rebuild.md)',
    ),
    ImportFunctionName: output(
      historyImport.function.lambda.functionName,
      'Invoke this function to import orders from before the deployment (docs/adopting.md)',
    ),
    ExportFunctionName: output(
      parts.tableExport.function.lambda.functionName,
      'The function that npx redraw-tracker export reads everything by (docs/leaving.md)',
    ),
    LoadFunctionName: output(
      parts.tableLoad.function.lambda.functionName,
      'The function that loads an export into an empty table (docs/leaving.md)',
    ),
    TransactionFunctions: output(
      table.transacting.map(({ name, lambda }) => `${name}=${lambda.functionName}`).join(','),
      'The functions that npx redraw-tracker verify asks whether IAM allows their transactions',
    ),
    AuditLogName: output(data.audit.log.logGroupName, 'Who read or changed what (docs/operations/audit.md)'),
    AccessLogName: output(api.accessLog.logGroupName, 'The requests to the API, with those that it refused'),
    EventBusName: output(events.bus.eventBusName, 'Add your own rules to this bus'),
    EventLogName: output(events.log.logGroupName, 'The log of all published events'),
    OperatorMailsLogName: output(
      notifications.function.logGroup.logGroupName,
      'The log of the function that mails operators, in which verify looks for its test',
    ),
    FailureBucketName: output(failures.bucket.bucketName, 'Stream records that failed permanently'),
    DeadLettersUrl: output(
      deadLetters.queue.queueUrl,
      'Scheduled runs and notifications that failed permanently',
    ),
    OperatorsTopicArn: output(
      operators.topic.topicArn,
      'Subscribe here to alarms, stale redraws and reviews',
    ),
    CriticalResultsTopicArn: output(
      criticalResults.topic.topicArn,
      'Subscribe a pager here: critical results and their alarms, and nothing else',
    ),
    ...outputsOf(capabilities),
  };
}

const outputsOf = (capabilities: readonly DeployedCapability[]): Record<string, ServiceOutput> =>
  Object.assign({}, ...capabilities.map(({ outputs }) => outputs));

/** The ids of the clients of programs: `ClientIdLabReports` is that of `lab-reports`. */
function clientOutputs({ clients }: TokenIssuer): Record<string, ServiceOutput> {
  return Object.fromEntries(
    [...clients].map(([name, { userPoolClientId }]) => [
      `ClientId${pascalCase(name)}`,
      { value: userPoolClientId, description: `The client id of ${name} for the token endpoint` },
    ]),
  );
}
