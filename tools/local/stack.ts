import type { Journey } from '../sandbox/journeys/journeys.ts';
import { MIN_SECRET_BYTES } from '../sandbox/webhooks/endpoint.ts';
import { acceptLocalClient } from './auth/machine-clients.ts';
import { startTemplateIssuer } from './auth/template-issuer.ts';
import { issuerOf } from './auth/token-issuer.ts';
import { awsEndpoint } from './aws-endpoint.ts';
import { printSummary } from './console/startup-summary.ts';
import { startDatabase } from './database/database.ts';
import { createTables } from './database/tables.ts';
import type { BusEvent } from './events/event-rules.ts';
import { type DataDirectory, openDataDirectory } from './files/data-directory.ts';
import { openGateway } from './gateway/gateway.ts';
import { recordTraffic } from './gateway/traffic.ts';
import type { HttpRequest } from './http/http-event.ts';
import { startJunction } from './junction.ts';
import { embeddedMetrics } from './metrics/embedded-metrics.ts';
import { openMetricStore } from './metrics/metric-store.ts';
import { iteratorAge, recordMetric } from './metrics/service-metrics.ts';
import { openFunctions } from './open-functions.ts';
import { API_REFERENCE } from './page/api-reference.ts';
import { openPage } from './page/page.ts';
import { INBOX } from './patient-messages/inbox-page.ts';
import { functionClock } from './runtime/function-clock.ts';
import { type FunctionDefinition, readFunctions } from './runtime/function-definition.ts';
import { functionLogs } from './runtime/function-logs.ts';
import type { LocalFunction } from './runtime/functions.ts';
import { matchRoute, readHttpApi } from './runtime/routes.ts';
import { openSchedules } from './schedules/open-schedules.ts';
import type { Settings } from './settings.ts';
import type { Closing, StackParts } from './stack-parts.ts';
import { type StackServices, startServices } from './stack-services.ts';
import { allOrFirstError } from './start-together.ts';
import { type EventSourceMapping, readEventSourceMappings } from './streams/event-source-mapping.ts';
import { type Streams, startStreams } from './streams/streams.ts';
import { REGION } from './template/intrinsics.ts';
import { type Synthesis, synthesize } from './template/synthesis.ts';
import { loadTemplate, type Template } from './template/template.ts';
import { auditTrailFile } from './topics-and-queues/log-groups.ts';

interface RunningStack {
  url: string;
  /** The address of the dashboard; undefined if the template has none. */
  pageUrl: string | undefined;
  /** The address of the API reference. */
  referenceUrl: string;
  /** The journeys of the sandbox. */
  journeys: Journey[];
  /** A token with all scopes. */
  token(): Promise<string>;
  /** Moves the clock of the functions and of the sandbox; null lets them follow the clock of the machine. */
  moveClock(time: Date | null): void;
  /** The time of the functions. */
  now(): Date;
  /** Runs all schedules with a rate, or the others that are due at a time, as of that time, and waits for them. */
  runSchedules(which: 'rate' | 'cron', time: Date): Promise<void>;
  /** When the next of the schedules without a rate runs. */
  nextCron(after: Date): Date | undefined;
  /** Resolves when the functions have handled what was written. */
  settled(): Promise<void>;
  /** From now on, runs the schedules and evaluates the alarms by the clock of the machine. */
  runByTheClock(): void;
  /** Rejects if the stack breaks while it runs. */
  broken: Promise<never>;
}

export interface LocalStack extends RunningStack {
  stop(): Promise<void>;
}

export interface StackOptions {
  settings: Settings;
  /** The journeys of the sandbox, as of a time. */
  journeys(now: Date): Journey[];
  /** Route of the template's API that the sandbox sends webhooks to. */
  webhookPath: string;
  print(line: string): void;
  /** Called for each event that an event bus accepts. */
  onEvent?(event: BusEvent): void;
  /** Where to move the clock before anything runs, as with `moveClock`. Default: null. */
  startAt?(data: DataDirectory): Date | null;
  signal: AbortSignal;
  /** Default: runs the CDK app. */
  synthesize?: Synthesis;
}

const GRACE_MS = 5000;

/**
 * Runs the synthesized template on this machine.
 * @throws Problem for what a person has to correct. The parts that were started are stopped again
 */
export async function startStack(options: StackOptions): Promise<LocalStack> {
  const closing: Closing = [];
  const stop = async () => {
    for (let close = closing.pop(); close; close = closing.pop()) await close();
  };
  try {
    return { ...(await start(options, closing)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(options: StackOptions, closing: Closing): Promise<RunningStack> {
  const { settings, print } = options;
  const data = openDataDirectory(settings.dataDirectory);
  closing.push(() => data.close());
  const metrics = openMetricStore(data);
  closing.push(() => metrics.close());
  const logs = functionLogs(data, print, (entry) => embeddedMetrics(entry).forEach(metrics.record));
  closing.push(() => logs.close());
  const { port, allowedHosts } = settings;
  const gateway = await openGateway(port, { allowedHosts, publicRoute: `POST ${options.webhookPath}` });
  closing.push(() => gateway.stop());

  print('Synthesizing the template …');
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const database = startDatabase(settings.dynamodbEndpoint, data);
  const webhooks = { url: gateway.url + options.webhookPath, secret: settings.webhookSecrets[0] ?? '' };
  const shown = settings.demo ?? data.wasEmpty;
  const sandbox = startJunction(
    data,
    options.journeys,
    { webhooks, allowedHosts },
    new Date(),
    shown,
    settings.teams,
  );
  database.then(({ stop }) => closing.push(stop), ignore);
  sandbox.then(({ close }) => closing.push(close), ignore);
  const parts = await allOrFirstError(failed, [
    synthesizedTemplate(options, data, signal),
    database,
    sandbox,
  ] as const);
  // If the engine ends, its error says more than the refused connections that follow.
  const serving = serve(
    options,
    { data, metrics, logs, gateway, template: parts[0], database: parts[1], sandbox: parts[2] },
    closing,
  );
  return Promise.race([serving, parts[1].broken]);
}

async function serve(options: StackOptions, parts: StackParts, closing: Closing): Promise<RunningStack> {
  const { settings, print, onEvent = ignore } = options;
  const { data, gateway, template, database, sandbox } = parts;
  await createTables(database.endpoint, template, settings.context['redraw-tracker:existingTable']);
  const definitions = readFunctions(template);
  const api = readHttpApi(template, definitions);
  acceptLocalClient(api);
  const functions = new Map<string, LocalFunction>();
  let streams: Streams | undefined;
  const onWritten = () => streams?.poll();
  // Only a demo moves the clock, and at this point it is unknown whether an earlier one was interrupted.
  const clock = settings.demo === false ? undefined : functionClock();
  const moveClock = (time: Date | null) => {
    clock?.moveTo(time);
    for (const junction of sandbox.junctions) junction.setClock(time);
  };
  if (clock) moveClock(options.startAt?.(data) ?? null);
  const now = () => clock?.now() ?? new Date();
  const serving = { definitions, functions, settings, now, print, onEvent, onWritten };
  const services = await startServices(parts, serving, closing);
  const { messaging, providers } = services;
  const writesToPatients = definitions.some(({ variables }) => variables.SERVICE_NAME === 'messages');
  // A team that messages its patients itself turns Junction's own messages off.
  if (writesToPatients) for (const { changes } of sandbox.junctions) changes.teamHasSms = false;
  const issuer = await startTemplateIssuer({ template, definitions, functions, api, data });
  const page = openPage(template, issuerOf(api));
  startFunctions({ definitions, functions, settings, clock, endpoints: services.endpoints }, parts, closing);
  const mappings = readEventSourceMappings(template, definitions);
  // The functions that a webhook passes through. The first event starts the others, as on Lambda.
  const webhook = api && matchRoute(api.routes, 'POST', options.webhookPath)?.route.function;
  const warm = new Set([webhook, ...mappings.map(({ function: follower }) => follower)]);
  await Promise.all([...warm].map((definition) => definition && functions.get(definition.name)?.warmUp()));

  closing.push(messaging.stopRetrying);
  const { running: following, lastResult } = await followStreams(mappings, functions, settings, parts);
  streams = following;
  closing.push(() => following.stop());
  // Stopping begins with the gateway: no request may reach a part that is being stopped.
  closing.push(() => gateway.stop());
  data.use();
  const awsOptions = {
    servicesUrl: services.url,
    databaseUrl: database.endpoint,
    mappings,
    lastResult,
  };
  const aws = (path: string, request: HttpRequest) => awsEndpoint(awsOptions, path, request);
  const onAnswered = recordTraffic(template, { data, page, record: parts.metrics.record });
  const onError = (error: unknown) => parts.logs.show('gateway', 'ERROR', String(error));
  const { invocations } = messaging;
  gateway.serve({ api, functions, issuer, page, providers, aws, onAnswered, onError });
  invocations.resume();
  const { timetable, runByTheClock } = openSchedules(services, parts, print, closing);
  const places = {
    pageUrl: page && gateway.url,
    referenceUrl: gateway.url + API_REFERENCE,
    inboxUrl: providers.endpoints && gateway.url + INBOX,
    auditTrail: auditTrailFile(definitions, data),
  };
  printSummary(print, { settings, data, functions, api, sandbox, clock: timetable, ...places });
  return {
    url: gateway.url,
    pageUrl: places.pageUrl,
    referenceUrl: places.referenceUrl,
    journeys: sandbox.journeys,
    token: () => issuer.issue(new Date()),
    moveClock,
    now,
    async runSchedules(which, time) {
      timetable.run(which, time);
      await invocations.idle();
    },
    nextCron: timetable.nextCron,
    async settled() {
      await following.settled();
      await invocations.idle();
      await following.settled();
    },
    runByTheClock,
    broken: database.broken,
  };
}

interface FunctionsOptions {
  definitions: FunctionDefinition[];
  /** Receives the functions by name. */
  functions: Map<string, LocalFunction>;
  settings: Settings;
  clock: ReturnType<typeof functionClock> | undefined;
  endpoints: StackServices['endpoints'];
}

function startFunctions(options: FunctionsOptions, parts: StackParts, closing: Closing): void {
  const { definitions, functions, settings, clock, endpoints } = options;
  const { sandbox, gateway, logs, metrics } = parts;
  const overrides = {
    JUNCTION_BASE_URL: settings.junctionBaseUrl ?? sandbox.url,
    // The page and the API are at the origin of the gateway.
    DASHBOARD_URL: gateway.url,
    API_URL: gateway.url,
    // The secret that is published with the source is for this machine.
    REFUSED_SIGNING_SECRETS: '',
    SIGNING_SECRET_MIN_BYTES: String(MIN_SECRET_BYTES),
  };
  const running = { endpoints, overrides, clock: clock?.shared, logs, metrics };
  for (const local of openFunctions(definitions, running)) {
    functions.set(local.definition.name, local);
    closing.push(() => local.stop(GRACE_MS));
  }
}

/** Invokes functions with the changes of the table. `lastResult` says how the last batch of a mapping ended, as Lambda does. */
async function followStreams(
  mappings: EventSourceMapping[],
  functions: ReadonlyMap<string, LocalFunction>,
  { retryTimeScale }: Settings,
  { database, data, logs, metrics }: StackParts,
) {
  const results = new Map<string, string>();
  const running = await startStreams({
    endpoint: database.endpoint,
    mappings,
    functions,
    data,
    retryTimeScale,
    report: (line) => logs.show('stream', 'ERROR', line),
    onInvoke: (definition, age) => metrics.record(iteratorAge(definition, age)),
    onResult: (mapping, failed) => {
      results.set(mapping.id, failed === 0 ? 'OK' : 'PROBLEM: Function call failed');
      if (failed > 0) metrics.record(recordMetric('FailedInvokeEventCount', mapping, failed));
    },
    onDropped: (mapping, records) => metrics.record(recordMetric('DroppedEventCount', mapping, records)),
  });
  return { running, lastResult: (id: string) => results.get(id) };
}

async function synthesizedTemplate(
  { settings, ...options }: StackOptions,
  data: DataDirectory,
  signal: AbortSignal,
): Promise<Template> {
  const folder = data.file('assembly', 'cdk.out');
  await (options.synthesize ?? synthesize)(folder, { context: settings.context, region: REGION }, signal);
  return loadTemplate(folder);
}

function ignore(): void {}
