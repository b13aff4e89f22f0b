import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Engine, startEngine } from '../local/database/embedded-engine.ts';
import { createTables } from '../local/database/tables.ts';
import {
  type FunctionDefinition,
  functionEnvironment,
  readFunctions,
} from '../local/runtime/function-definition.ts';
import { type LocalFunction, localFunction } from '../local/runtime/functions.ts';
import { REGION } from '../local/template/intrinsics.ts';
import { synthesize } from '../local/template/synthesis.ts';
import { loadTemplate, type Template } from '../local/template/template.ts';
import { SANDBOX_API_KEY } from '../sandbox/server.ts';

/** The synthesized app, with the function bundles that would be deployed. */
export interface Assembly {
  readonly template: Template;
  definition(name: string): FunctionDefinition;
  readonly names: readonly string[];
  close(): void;
}

export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

export async function openAssembly(): Promise<Assembly> {
  const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-bench-'));
  const folder = join(place, 'cdk.out');
  await synthesize(folder, { context: {}, region: REGION }, AbortSignal.timeout(120_000));
  const template = loadTemplate(folder);
  const definitions = readFunctions(template);
  return {
    template,
    names: definitions.map(({ name }) => name),
    definition(name) {
      const found = definitions.find((definition) => definition.name === name);
      if (!found) throw new Error(`there is no function ${name} in ${dirname(folder)}`);
      return found;
    },
    close: () => rmSync(place, { recursive: true, force: true }),
  };
}

/** An empty table on its own engine, and the functions that use it, invoked one at a time. */
export interface Deployment {
  readonly engine: Engine;
  readonly tableName: string;
  /** The complete environment of a function. */
  environment(name: string, database?: string): Record<string, string>;
  /** @param database the database endpoint that the function uses */
  start(name: string, database?: string): LocalFunction;
  close(): Promise<void>;
}

/**
 * @param overrides values of environment variables that the template has
 * @param shared the engine to use; without it, one of its own
 */
export async function deploy(
  assembly: Assembly,
  overrides: Record<string, string> = {},
  shared?: Engine,
): Promise<Deployment> {
  const engine = shared ?? (await startEngine({ dbPath: ':memory:' }));
  const { template } = assembly;
  await createTables(engine.endpoint, template);
  const secrets = await startSecrets(assembly.definition('sweep').variables.JUNCTION_API_KEY_ARN);
  const bus = await startBus();
  const [table = ''] = template.resources('AWS::DynamoDB::Table');
  const started: LocalFunction[] = [];
  const environment = (name: string, database = engine.endpoint) =>
    functionEnvironment(
      assembly.definition(name),
      { DYNAMODB: database, SECRETS_MANAGER: secrets.url, EVENTBRIDGE: bus.url },
      overrides,
    );
  return {
    engine,
    tableName: template.nameOf(table),
    environment,
    start(name, database) {
      const fn = localFunction(assembly.definition(name), {
        environment: environment(name, database),
        onOutput: (_, output) => output.resume(),
        onThrottled: () => undefined,
        onFailure: (_, { errorType, errorMessage }) => {
          process.stderr.write(`${name} failed: ${errorType}: ${errorMessage}\n`);
        },
      });
      started.push(fn);
      return fn;
    },
    async close() {
      await Promise.all(started.map((one) => one.stop(1000)));
      secrets.close();
      bus.close();
      if (!shared) await engine.stop();
    },
  };
}

/** Secrets without previous values. @param apiKeyArn the secret with the key of the sandbox's API */
function startSecrets(apiKeyArn: string | undefined) {
  return startService((request) => {
    const { SecretId, VersionStage } = request as Record<string, string>;
    const SecretString = SecretId === apiKeyArn ? SANDBOX_API_KEY : WEBHOOK_SECRET;
    return VersionStage === 'AWSPREVIOUS'
      ? { status: 400, answer: { __type: 'ResourceNotFoundException', message: 'no such version' } }
      : { status: 200, answer: { ARN: SecretId, Name: SecretId, SecretString } };
  });
}

/** A bus that accepts every event. */
function startBus() {
  return startService((request) => {
    const { Entries } = request as { Entries: readonly unknown[] };
    const accepted = Entries.map((_, index) => ({ EventId: String(index) }));
    return { status: 200, answer: { FailedEntryCount: 0, Entries: accepted } };
  });
}

/** A service of AWS that takes and answers JSON. */
async function startService(answerTo: (request: unknown) => { status: number; answer: object }) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { status, answer } = answerTo(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
