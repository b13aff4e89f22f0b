import { statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import { LOCAL_CREDENTIALS } from '../database/client-settings.ts';
import { ACCOUNT, REGION } from '../template/intrinsics.ts';
import { nameIn, roleIn } from '../template/resource-names.ts';
import type { Template } from '../template/template.ts';

export interface FunctionDefinition {
  logicalId: string;
  /** SERVICE_NAME from its environment, or else its physical name. */
  name: string;
  physicalName: string;
  arn: string;
  /** The name of its role; undefined if the template gives it none. */
  role: string | undefined;
  file: string;
  exportName: string;
  timeoutMs: number;
  memoryMb: number;
  /** undefined if the template reserves no concurrency. */
  reservedConcurrency: number | undefined;
  /** The environment variables of the template. */
  variables: Record<string, string>;
}

const functionSchema = z.object({
  Handler: z.string().default(''),
  Runtime: z.string().default(''),
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  ReservedConcurrentExecutions: z.coerce.number().optional(),
  Layers: z.array(z.unknown()).default([]),
  Role: z.string().optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
  Code: z.object({ S3Key: z.string().optional() }),
});

/** The template's Node.js functions. The Python functions that CDK adds run during a deployment only. */
export function readFunctions(template: Template): FunctionDefinition[] {
  const definitions = template
    .resources('AWS::Lambda::Function')
    .filter((id) => template.read(id, functionSchema.pick({ Runtime: true })).Runtime.startsWith('nodejs'))
    .map((id) => readFunction(template, id));
  const duplicate = definitions.find(
    ({ name }, index) => definitions.findIndex((other) => other.name === name) < index,
  );
  if (duplicate) throw new Problem(`Two functions of the template have the SERVICE_NAME ${duplicate.name}.`);
  return definitions;
}

function readFunction(template: Template, logicalId: string): FunctionDefinition {
  const properties = template.read(logicalId, functionSchema);
  if (properties.Layers.length > 0) {
    throw new Problem(`The function ${logicalId} uses layers, which the local run does not support.`);
  }
  const physicalName = template.nameOf(logicalId);
  const variables = properties.Environment?.Variables ?? {};
  const { file, exportName } = entryPoint(template, logicalId, properties.Code.S3Key, properties.Handler);
  return {
    logicalId,
    name: variables.SERVICE_NAME ?? physicalName,
    physicalName,
    arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${physicalName}`,
    role: properties.Role === undefined ? undefined : roleIn(properties.Role),
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
  const file = join(folder, `${handler.slice(0, dot)}.js`);
  if (dot < 0 || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new Problem(`The function ${logicalId} has the handler ${handler}, but there is no file ${file}.`);
  }
  return { file, exportName: handler.slice(dot + 1) };
}

/**
 * The complete environment of a function: the template's variables, those that Lambda adds, and the local endpoints of
 * AWS services.
 * @param endpoints service as in AWS_ENDPOINT_URL_<SERVICE> → URL. `''` is the endpoint of all other services, so that
 * no call leaves this machine
 * @param overrides values for variables that the template has
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
  return {
    ...definition.variables,
    ...Object.fromEntries(replaced),
    ...Object.fromEntries(services),
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    // The local services know the caller by it, as AWS does.
    AWS_ACCESS_KEY_ID: definition.name,
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

/** Finds a function by its name or ARN. */
export function functionNamed(functions: FunctionDefinition[], reference: string): FunctionDefinition {
  const name = nameIn(reference, ':function:');
  const found = functions.find(({ physicalName }) => physicalName === name);
  if (!found)
    throw new Problem(`The template refers to the function ${reference}, which the local run does not have.`);
  return found;
}
