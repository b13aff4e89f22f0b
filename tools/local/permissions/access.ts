import { replaceFile } from '../files/atomic-file.ts';
import type { FunctionDefinition } from '../runtime/function-definition.ts';
import { ACCOUNT } from '../template/intrinsics.ts';
import type { Template } from '../template/template.ts';
import { type FailedRequest, startDatabaseProxy } from './database-proxy.ts';
import { dynamodbRequests, readPartitionKeys } from './dynamodb-requests.ts';
import { accessKeyIn, openPermissions } from './permissions.ts';
import { objectRequests, serviceRequests } from './service-requests.ts';
import { checkServiceRoles } from './service-roles.ts';

type Input = Record<string, unknown>;

/** Enforces the template's policies at the local endpoints. */
export interface Access {
  /** The database, for the functions. */
  databaseUrl: string;
  /** @throws AccessDenied */
  authorizeService(authorization: string | undefined, operation: string, input: Input): void;
  /** @throws AccessDenied */
  authorizeObject(
    authorization: string | undefined,
    method: string,
    object: { bucket: string; key: string },
  ): void;
  /** Writes which grants were used so far, and which were not. */
  writeUse(file: string): void;
  stop(): Promise<void>;
}

export interface AccessOptions {
  /** The database's own endpoint. */
  database: string;
  /** Shows a person what was denied. */
  report(principal: string, denial: string): void;
  /** Called for each request of a function that the database refused. */
  onFailed(failed: FailedRequest): void;
  /** Called for each request of a function that may have changed a table. */
  onWritten(): void;
}

/** @throws Problem if a role is not sufficient for what the template has a service do with it */
export async function openAccess(
  template: Template,
  definitions: FunctionDefinition[],
  { database, report, onFailed, onWritten }: AccessOptions,
): Promise<Access> {
  const permissions = openPermissions(template, definitions, report);
  checkServiceRoles(template, definitions, permissions);
  const partitionKeys = readPartitionKeys(template);
  const proxy = await startDatabaseProxy(database, {
    authorize: (accessKeyId, operation, input) =>
      permissions.authorize(accessKeyId, dynamodbRequests(operation, input, partitionKeys)),
    onFailed,
    onWritten,
  });
  return {
    databaseUrl: proxy.url,
    authorizeService: (authorization, operation, input) =>
      permissions.authorize(accessKeyIn(authorization), serviceRequests(operation, input)),
    authorizeObject: (authorization, method, { bucket, key }) =>
      permissions.authorize(accessKeyIn(authorization), objectRequests(method, bucket, key, ACCOUNT)),
    writeUse: (file) => replaceFile(file, `${JSON.stringify(permissions.use(), null, 2)}\n`),
    stop: () => proxy.stop(),
  };
}
