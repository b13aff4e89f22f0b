import type { Journey } from '../sandbox/journeys.ts';
import { SANDBOX_API_KEY, type Sandbox, startSandbox } from '../sandbox/server.ts';
import { type DataDirectory, openDataDirectory } from './data-directory.ts';
import { checkEndpoint, startEngine } from './engine.ts';
import { functionEnvironment, readFunctions } from './function-definition.ts';
import { type FunctionLogs, functionLogs } from './function-logs.ts';
import { type LocalFunction, localFunction } from './functions.ts';
import { type Gateway, openGateway } from './gateway.ts';
import { Problem } from './problem.ts';
import { type HttpApi, readHttpApi } from './routes.ts';
import { readSecrets, secretsManager } from './secrets.ts';
import { startServiceEndpoint } from './service-endpoint.ts';
import type { Settings } from './settings.ts';
import { readStreamMappings } from './stream-mapping.ts';
import { type Streams, startStreams } from './streams.ts';
import { synthesize } from './synthesis.ts';
import { createTables } from './tables.ts';
import { loadTemplate, type Template } from './template.ts';
import { readScopes, startTokenIssuer, type TokenIssuer } from './token-issuer.ts';

/** What is needed to stop, in the order of starting. */
type Closing = (() => unknown)[];

export interface LocalStack {
  url: string;
  /** The data directory held nothing before. */
  isNew: boolean;
  /** A token with all scopes. */
  token(): Promise<string>;
  /** Rejects if the stack breaks while it runs. */
  broken: Promise<never>;
  stop(): Promise<void>;
}

export interface StackOptions {
  settings: Settings;
  /** What the sandbox's API knows. */
  journeys: Journey[];
  print(line: string): void;
  signal: AbortSignal;
  /** Puts the synthesized assembly into the folder. */
  synthesize?: (folder: string, signal: AbortSignal) => Promise<void>;
}

const GRACE_MS = 5000;

/**
 * Runs the synthesized template on this machine.
 * @throws Problem for what a person has to put right. What was started by then is stopped again.
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

async function start(options: StackOptions, closing: Closing): Promise<Omit<LocalStack, 'stop'>> {
  const { settings, print } = options;
  const data = openDataDirectory(settings.dataDirectory);
  closing.push(() => data.close());
  const logs = functionLogs(data, print);
  closing.push(() => logs.close());
  const gateway = await openGateway(settings.port);
  closing.push(() => gateway.stop());

  print('Synthesizing the template …');
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const [template, database, sandbox] = await allOrFirstError(failed, [
    synthesizedTemplate(options, data, signal),
    startDatabase(settings, data, closing),
    startJunction(options.journeys, closing),
  ]);
  // Without its database nothing gets further, and the end of the engine says more than a refused connection.
  const serving = serve(options, { data, logs, gateway, template, database, sandbox }, closing);
  return Promise.race([serving, database.broken]);
}

interface Parts {
  data: DataDirectory;
  logs: FunctionLogs;
  gateway: Gateway;
  template: Template;
  database: Database;
  sandbox: Sandbox;
}

async function serve(
  { settings, print }: StackOptions,
  parts: Parts,
  closing: Closing,
): Promise<Omit<LocalStack, 'stop'>> {
  const { data, logs, gateway, template, database, sandbox } = parts;
  await createTables(database.endpoint, template);
  const definitions = readFunctions(template);
  const api = readHttpApi(template, definitions);
  const secrets = readSecrets(template, definitions, secretSettings(settings), data);
  const services = await startServiceEndpoint(secretsManager(secrets));
  closing.push(() => services.stop());
  const issuer = await startTokenIssuer({ data, issuer: issuerOf(api), scopes: readScopes(template, api) });

  const endpoints = { DYNAMODB: database.endpoint, SECRETS_MANAGER: services.url };
  const overrides = { JUNCTION_BASE_URL: settings.junctionBaseUrl ?? sandbox.url };
  let streams: Streams | undefined;
  const functions = new Map<string, LocalFunction>();
  for (const definition of definitions) {
    const local = localFunction(definition, {
      environment: functionEnvironment(definition, endpoints, overrides),
      onOutput: ({ name }, output) => logs.attach(name, output),
      onInvoked: () => streams?.wake(),
      onFailure: ({ name }, { errorType, errorMessage }) =>
        logs.show(name, 'FAILED', `${errorType}: ${errorMessage}`),
    });
    functions.set(definition.name, local);
    closing.push(() => local.stop(GRACE_MS));
  }
  await Promise.all([...functions.values()].map((local) => local.warmUp()));

  const mappings = readStreamMappings(template, definitions);
  const report = (line: string) => logs.show('stream', 'ERROR', line);
  const running = await startStreams({ endpoint: database.endpoint, mappings, functions, data, report });
  streams = running;
  closing.push(() => running.stop());
  // Once more, and first of all when stopping: no new request may reach what is being taken down.
  closing.push(() => gateway.stop());
  gateway.serve({ api, functions, issuer, onError: (error) => logs.show('gateway', 'ERROR', String(error)) });
  describe(print, { settings, data, functions, api, sandbox });
  return { url: gateway.url, isNew: data.wasEmpty, token: () => tokenNow(issuer), broken: database.broken };
}

async function synthesizedTemplate(
  options: StackOptions,
  data: DataDirectory,
  signal: AbortSignal,
): Promise<Template> {
  const folder = data.file('assembly', 'cdk.out');
  await (options.synthesize ?? synthesize)(folder, signal);
  return loadTemplate(folder);
}

async function startJunction(journeys: Journey[], closing: Closing): Promise<Sandbox> {
  const sandbox = await startSandbox({ journeys });
  closing.push(() => sandbox.close());
  return sandbox;
}

interface Database {
  endpoint: string;
  broken: Promise<never>;
}

async function startDatabase(settings: Settings, data: DataDirectory, closing: Closing): Promise<Database> {
  if (settings.dynamodbEndpoint !== undefined) {
    await checkEndpoint(settings.dynamodbEndpoint);
    return { endpoint: settings.dynamodbEndpoint, broken: new Promise(() => {}) };
  }
  const engine = await startEngine(
    data.inMemory
      ? { dbPath: ':memory:' }
      : { dbPath: data.file('dynamodb', 'data.sqlite'), pidFile: data.file('dynamodb', 'engine.json') },
  );
  let stopping = false;
  closing.push(() => {
    stopping = true;
    return engine.stop();
  });
  const broken = new Promise<never>((_, fail) => {
    engine.ended.then(() => {
      if (!stopping)
        fail(
          new Problem(
            'The DynamoDB engine has ended unexpectedly. Nothing acknowledged is lost: start again.',
          ),
        );
    });
  });
  broken.catch(() => {});
  return { endpoint: engine.endpoint, broken };
}

/** Waits for all even if one fails: what has started by then must be known to whoever stops it. */
async function allOrFirstError<T extends readonly unknown[]>(
  failed: AbortController,
  promises: { [K in keyof T]: Promise<T[K]> },
): Promise<T> {
  for (const promise of promises) promise.catch((error: unknown) => failed.abort(error));
  const results = await Promise.allSettled(promises);
  if (failed.signal.aborted) throw failed.signal.reason;
  return results.map((result) => (result.status === 'fulfilled' ? result.value : undefined)) as unknown as T;
}

function secretSettings(settings: Settings): Record<string, string[]> {
  const usesSandbox = settings.junctionBaseUrl === undefined;
  const key = settings.junctionApiKey ?? (usesSandbox ? SANDBOX_API_KEY : undefined);
  return { WEBHOOK_SECRET: settings.webhookSecrets, ...(key !== undefined && { JUNCTION_API_KEY: [key] }) };
}

/** The issuer that the routes trust; tokens are of no use without one. */
function issuerOf(api: HttpApi | undefined): string {
  const issuers = new Set((api?.routes ?? []).flatMap(({ authorizer }) => authorizer?.issuer ?? []));
  if (issuers.size > 1)
    throw new Problem(`The local run has one token issuer; the template has ${[...issuers].join(', ')}.`);
  return [...issuers][0] ?? 'https://issuer.invalid';
}

function tokenNow(issuer: TokenIssuer): Promise<string> {
  return issuer.issue(new Date());
}

interface Started {
  settings: Settings;
  data: DataDirectory;
  functions: ReadonlyMap<string, LocalFunction>;
  api: HttpApi | undefined;
  sandbox: Sandbox;
}

function describe(print: (line: string) => void, { settings, data, functions, api, sandbox }: Started): void {
  print(`Functions: ${[...functions.keys()].join(', ')}`);
  for (const { routeKey } of api?.routes ?? []) print(`  ${routeKey}`);
  print(
    `Data: ${data.inMemory ? 'in memory only' : data.path}${settings.dynamodbEndpoint ? `, DynamoDB at ${settings.dynamodbEndpoint}` : ''}`,
  );
  if (settings.webhookSecretIsDefault)
    print(`Webhook secret (for development only): ${settings.webhookSecrets[0]}`);
  print(`Junction's API: ${settings.junctionBaseUrl ?? `${sandbox.url} (sandbox)`}`);
}
