import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetFunctionCommand,
  InvokeCommand,
  paginateListFunctions,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import type { Clients } from '../aws/clients.ts';
import type { DeployedStage } from './deployed-stage.ts';
import { storedZip } from './stored-zip.ts';

/** The functions of a stage by their service, for example `sweep`: the physical names. */
export async function functionsOf(stage: DeployedStage, { lambda }: Clients): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
    for (const { FunctionName = '', Environment } of Functions) {
      const { SERVICE_NAME: service, METRICS_NAMESPACE: namespace } = Environment?.Variables ?? {};
      if (service && namespace === `RedrawTracker/${stage.name}`) found.set(service, FunctionName);
    }
  }
  return found;
}

/** @returns the answer @throws what the function threw */
export async function invoke(name: string, event: unknown, { lambda }: Clients): Promise<unknown> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) }),
  );
  const text = Payload?.transformToString() ?? '';
  if (FunctionError) throw new Error(`${name} failed: ${text}`);
  return JSON.parse(text || 'null');
}

/** The lines of the log of a function that contain a text. */
export async function logLines(name: string, text: string, { lambda, logs }: Clients): Promise<string[]> {
  const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: name }));
  const logGroupName = Configuration?.LoggingConfig?.LogGroup;
  const lines: string[] = [];
  for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, { logGroupName })) {
    lines.push(...events.flatMap(({ message = '' }) => (message.includes(text) ? [message] : [])));
  }
  return lines;
}

/** A function that throws whatever it is given, as a zip file. */
const BROKEN = 'exports.handler = async () => { throw new Error("broken on purpose"); };';

/** Replaces the code of a function by code that throws. @returns what puts its own code back */
export async function breakFunction(name: string, { lambda }: Clients): Promise<() => Promise<void>> {
  const { Code, Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: name }));
  const own = Buffer.from(await (await fetch(Code?.Location ?? '')).arrayBuffer());
  const [file = 'index'] = Configuration?.Handler?.split('.') ?? [];
  const replace = async (ZipFile: Uint8Array) => {
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile }));
  };
  await replace(storedZip(`${file}.js`, Buffer.from(BROKEN)));
  return () => replace(own);
}

/** The last errors in the logs of the functions of a stage. */
export async function lastErrors(stage: DeployedStage, clients: Clients): Promise<string[]> {
  const found: string[] = [];
  for (const [service, name] of await functionsOf(stage, clients)) {
    const lines = await logLines(name, '"level":"ERROR"', clients).catch(() => []);
    found.push(...lines.slice(-2).map((line) => `${service}: ${line.slice(0, 1_500)}`));
  }
  return found;
}
