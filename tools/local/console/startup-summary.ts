import type { DataDirectory } from '../files/data-directory.ts';
import { junctionKey, type LocalJunction } from '../junction.ts';
import type { LocalFunction } from '../runtime/functions.ts';
import type { HttpApi } from '../runtime/routes.ts';
import type { Scheduler } from '../schedules/scheduler.ts';
import type { Settings } from '../settings.ts';

export interface Started {
  settings: Settings;
  data: DataDirectory;
  functions: ReadonlyMap<string, LocalFunction>;
  api: HttpApi | undefined;
  sandbox: LocalJunction;
  clock: Scheduler;
  /** URL of the dashboard; undefined if the template has none. */
  pageUrl: string | undefined;
  /** The file of the audit trail; undefined if the template has none. */
  auditTrail: string | undefined;
  /** The address of the API reference. */
  referenceUrl: string;
  /** The address of the inbox; undefined if the stack sends no messages. */
  inboxUrl: string | undefined;
}

/** Prints the parts of the running stack and their addresses. */
export function printSummary(print: (line: string) => void, started: Started): void {
  const { settings, data, functions, api, sandbox, clock, pageUrl, auditTrail, referenceUrl, inboxUrl } =
    started;
  print(`Functions: ${[...functions.keys()].join(', ')}`);
  print('Routes:');
  for (const { routeKey } of api?.routes ?? []) print(`  ${routeKey}`);
  print('Schedules:');
  for (const { schedule, at } of clock.nextRuns(new Date())) {
    const { expression, timeZone, description } = schedule;
    const zone = expression.isRate ? '' : ` ${timeZone}`;
    print(`  ${expression.text}${zone}: ${description}; next run ${at.toISOString().slice(0, 16)}Z`);
  }
  print(`Data: ${data.inMemory ? 'in memory only' : data.path}`);
  if (auditTrail !== undefined) print(`Audit trail: ${auditTrail}`);
  if (settings.dynamodbEndpoint !== undefined) print(`DynamoDB: ${settings.dynamodbEndpoint}`);
  for (const { id, name, webhookSecret } of settings.teams)
    print(`Webhooks of ${name}: /webhooks/junction/${id}, signed with ${webhookSecret}`);
  if (settings.webhookSecretIsDefault && settings.teams.length === 0)
    print(`Webhook signing secret (for development only): ${settings.webhookSecrets[0]}`);
  if (pageUrl !== undefined) print(`Dashboard: ${pageUrl}`);
  print(`API reference: ${referenceUrl}`);
  if (inboxUrl !== undefined) print(`Inbox: ${inboxUrl}${messageHours(started)}`);
  const hasKey = junctionKey(settings) !== null;
  const address = settings.junctionBaseUrl ?? `${sandbox.url} (sandbox)`;
  print(`Junction's API: ${address}${hasKey ? '' : ', without a key (set JUNCTION_API_KEY)'}`);
}

function messageHours({ functions }: Started): string {
  const { MESSAGE_HOURS } = functions.get('messages')?.definition.variables ?? {};
  return MESSAGE_HOURS === undefined
    ? ''
    : ` (messages to patients are sent at ${MESSAGE_HOURS}, in the patient's time zone)`;
}
