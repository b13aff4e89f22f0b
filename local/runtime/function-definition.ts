import { statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { LOCAL_CREDENTIALS } from '../database/client-settings.ts';
import { Problem } from '../problem.ts';
import { ACCOUNT, REGION } from '../template/intrinsics.ts';
import { nameIn, QUEUE_ORIGIN } from '../template/resource-names.ts';
import type { Template } from '../template/template.ts';

export interface FunctionDefinition {
  logicalId: string;
  /** What people call it: its SERVICE_NAME, else its name in AWS. */
  name: string;
  physicalName: string;
  arn: string;
  file: string;
  exportName: string;
  timeoutMs: number;
  memoryMb: number;
  /** undefined: as many as the machine bears. */
  reservedConcurrency: number | undefined;
  /** From the template, with intrinsics resolved. */
  variables: Record<string, string>;
}

const functionSchema = z.object({
  Handler: z.string().default(''),
  Runtime: z.string().default(''),
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  ReservedConcurrentExecutions: z.coerce.number().optional(),
  Layers: z.array(z.unknown()).default([]),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
  Code: z.object({ S3Key: z.string().optional() }),
});

/** The template's functions for Node.js. Others, such as CDK's own helpers for deployment, are left out. */
export function readFunctions(template: Template): FunctionDefinition[] {
  const definitions = template
    .resources('AWS::Lambda::Function')
    .filter((id) => template.read(id, functionSchema.pick({ Runtime: true })).Runtime.startsWith('nodejs'))
    .map((id) => readFunction(template, id));
  const twice = definitions.find(
    ({ name }, index) => definitions.findIndex((other) => other.name === name) < index,
  );
  if (twice) throw new Problem(`Two functions of the template are called ${twice.name} (SERVICE_NAME).`);
  return definitions;
}

function readFunction(template: Template, logicalId: string): FunctionDefinition {
  const properties = template.read(logicalId, functionSchema);
  if (properties.Layers.length > 0) {
    throw new Problem(`The function ${logicalId} uses layers, which the local run does not have.`);
  }
  const physicalName = template.nameOf(logicalId);
  const variables = properties.Environment?.Variables ?? {};
  const { file, exportName } = entryPoint(template, logicalId, properties.Code.S3Key, properties.Handler);
  return {
    logicalId,
    name: variables.SERVICE_NAME ?? physicalName,
    physicalName,
    arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${physicalName}`,
    file,
    exportName,
    timeoutMs: properties.Timeout * 1000,
    memoryMb: properties.MemorySize,
    reservedConcurrency: properties.ReservedConcurrentExecutions,
    variables,
  };
}

function entryPoint(template: Template, logicalId: string, objectKey: string | undefined, handler: string) {
  const folder = objectKey === undefined ? undefined : template.asset(objectKey);
  if (folder === undefined) {
    throw new Problem(
      `The code of the function ${logicalId} is not among the assets of the synthesized app.`,
    );
  }
  const dot = handler.lastIndexOf('.');
  const candidates = ['.js', '.mjs', '.cjs'].map((extension) =>
    join(folder, handler.slice(0, dot) + extension),
  );
  const file = candidates.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
  if (dot < 0 || file === undefined) {
    throw new Problem(
      `The function ${logicalId} has the handler ${handler}, but its bundle ${folder} has no such file.`,
    );
  }
  return { file, exportName: handler.slice(dot + 1) };
}

/**
 * The whole environment of a function: what the template gives it, what Lambda adds, and where AWS's services are on
 * this machine.
 * @param endpoints service as in AWS_ENDPOINT_URL_<SERVICE> → address, and `''` → that of all others: nothing may
 * reach out to AWS from here
 * @param overrides values for variables that the template also has
 */
export function functionEnvironment(
  definition: FunctionDefinition,
  endpoints: Record<string, string>,
  overrides: Record<string, string>,
): Record<string, string> {
  const replaced = Object.entries(overrides).filter(([name]) => Object.hasOwn(definition.variables, name));
  const services = Object.entries(endpoints).map(([service, url]) => [
    service === '' ? 'AWS_ENDPOINT_URL' : `AWS_ENDPOINT_URL_${service}`,
    url,
  ]);
  // The address of a queue is one that SQS's clients send to, whatever endpoint they are told.
  const variables = Object.entries(definition.variables).map(([name, value]) => [
    name,
    value.replaceAll(QUEUE_ORIGIN, endpoints[''] ?? QUEUE_ORIGIN),
  ]);
  return {
    ...Object.fromEntries(variables),
    ...Object.fromEntries(replaced),
    ...Object.fromEntries(services),
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: definition.physicalName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.physicalName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: '/var/task',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    _HANDLER: `index.${definition.exportName}`,
  };
}

/** Finds the function that an ARN, an API integration's URI or a name refers to. */
export function functionNamed(functions: FunctionDefinition[], reference: string): FunctionDefinition {
  const name = nameIn(reference, ':function:');
  const found = functions.find(({ physicalName }) => physicalName === name);
  if (!found)
    throw new Problem(`The template refers to the function ${reference}, which the local run does not have.`);
  return found;
}
