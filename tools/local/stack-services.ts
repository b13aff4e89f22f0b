import { readAlarms } from './alarms/alarm-definition.ts';
import { openAlarms } from './alarms/alarms.ts';
import { userPoolPeople } from './auth/user-pool-people.ts';
import type { BusEvent } from './events/event-rules.ts';
import { secretSettings } from './junction.ts';
import { openMessaging } from './messaging.ts';
import { cloudWatch } from './metrics/cloudwatch.ts';
import { databaseFailures } from './metrics/service-metrics.ts';
import { openProviders } from './patient-messages/providers.ts';
import { openAccess } from './permissions/access.ts';
import type { FunctionDefinition } from './runtime/function-definition.ts';
import type { LocalFunction } from './runtime/functions.ts';
import { cloudFormation } from './services/cloudformation.ts';
import { cloudWatchLogs } from './services/cloudwatch-logs.ts';
import { readBuckets, startObjectStore } from './services/object-store.ts';
import { readSecrets, secretsManager } from './services/secrets.ts';
import { startServiceEndpoint } from './services/service-endpoint.ts';
import type { Settings } from './settings.ts';
import type { Closing, StackParts } from './stack-parts.ts';

export interface ServicesOptions {
  definitions: FunctionDefinition[];
  /** The started functions by name. Empty until the services run: they are the endpoints of the functions. */
  functions: Map<string, LocalFunction>;
  settings: Settings;
  /** The time of the functions. */
  now(): Date;
  print(line: string): void;
  /** Called for each event that an event bus accepts. */
  onEvent(event: BusEvent): void;
  /** Called after each write of a function to the table. */
  onWritten(): void;
}

export type StackServices = Awaited<ReturnType<typeof startServices>>;

/** Starts the AWS services that the functions call. Each checks the permissions of its caller. */
export async function startServices(parts: StackParts, options: ServicesOptions, closing: Closing) {
  const { data, metrics, logs, template, database } = parts;
  const { definitions, functions, settings, now, print, onEvent, onWritten } = options;
  const access = await openAccess(template, definitions, {
    database: database.endpoint,
    report: (principal, denial) => logs.show(principal, 'DENIED', denial),
    onFailed: (failed) => databaseFailures(failed).forEach(metrics.record),
    onWritten,
  });
  closing.push(
    () => access.stop(),
    () => access.writeUse(data.file('permissions.json')),
  );
  const report = (line: string) => logs.show('delivery', 'ERROR', line);
  const messaging = openMessaging(template, { data, definitions, functions, print, report, onEvent });
  const alarms = openAlarms(readAlarms(template, messaging.destinations), { metrics, data, print, report });
  const secrets = readSecrets(template, definitions, secretSettings(settings), data);
  const services = await startServiceEndpoint(
    {
      ...messaging.json,
      ...secretsManager(secrets),
      ...cloudWatch(metrics),
      ...alarms.json,
      ...cloudWatchLogs(template, data),
      ...userPoolPeople(template),
    },
    { ...messaging.query, ...cloudFormation(template), ...alarms.operations },
    access.authorizeService,
  );
  closing.push(() => services.stop(), messaging.finished);
  const objects = await startObjectStore(readBuckets(template, data), access.authorizeObject);
  closing.push(() => objects.stop());
  const { emit, publish } = messaging;
  const authorize = access.authorizeService;
  const providers = await openProviders(template, { data, authorize, emit, publish, now, report });
  closing.push(() => providers.stop());
  const endpoints = {
    '': services.url,
    DYNAMODB: access.databaseUrl,
    S3: objects.url,
    ...providers.endpoints,
  };
  return { messaging, alarms, providers, url: services.url, endpoints, report };
}
