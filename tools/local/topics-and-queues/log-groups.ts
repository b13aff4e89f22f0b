import { appendFileSync, renameSync, statSync } from 'node:fs';
import type { DataDirectory } from '../files/data-directory.ts';
import type { FunctionDefinition } from '../runtime/function-definition.ts';
import { attributeOf } from '../template/resource-names.ts';
import type { Template } from '../template/template.ts';
import type { Destination } from './destinations.ts';

const ROTATE_AT_BYTES = 10_000_000;

/** The log groups as destinations of rules: `logs/<group>.log` in the data directory, one line per event. */
export function logGroups(template: Template, data: DataDirectory): Destination[] {
  return template.resources('AWS::Logs::LogGroup').map((id): Destination => {
    const name = template.nameOf(id);
    let file: string | undefined;
    return {
      arn: attributeOf('AWS::Logs::LogGroup', name, 'Arn') ?? name,
      accept({ body }) {
        file ??= openLog(data, name);
        appendFileSync(file, `${body.replaceAll('\n', '\\n')}\n`);
      },
    };
  });
}

/** Rotated at start only, like the logs of the functions. */
function openLog(data: DataDirectory, name: string): string {
  const file = logFile(data, name);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > ROTATE_AT_BYTES) renameSync(file, `${file}.1`);
  return file;
}

/** The file with the events of a log group, one line each. */
export function logFile(data: DataDirectory, name: string): string {
  return data.file('logs', `${name.replace(/^\/+/, '').replaceAll(/[^\w.-]+/g, '_')}.log`);
}

/** The file of the log group that the functions know as `AUDIT_LOG_GROUP`. */
export function auditTrailFile(definitions: FunctionDefinition[], data: DataDirectory): string | undefined {
  const group = definitions.find(({ variables }) => variables.AUDIT_LOG_GROUP)?.variables.AUDIT_LOG_GROUP;
  return group === undefined ? undefined : logFile(data, group);
}
