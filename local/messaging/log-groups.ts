import { appendFileSync, renameSync, statSync } from 'node:fs';
import * as z from 'zod';
import type { DataDirectory } from '../files/data-directory.ts';
import { attributeOf } from '../template/resource-names.ts';
import type { Template } from '../template/template.ts';
import type { Destination } from './destinations.ts';

const ROTATE_AT_BYTES = 10_000_000;

/** What rules of EventBridge write must have these two, unless it is the whole event. */
const entrySchema = z.strictObject({ timestamp: z.unknown(), message: z.string() });

/** Log groups that something writes to other than functions: `logs/<group>.log` in the data directory, a line each. */
export function logGroups(template: Template, data: DataDirectory): Destination[] {
  return template.resources('AWS::Logs::LogGroup').map((id): Destination => {
    const name = template.nameOf(id);
    let file: string | undefined;
    return {
      arn: attributeOf('AWS::Logs::LogGroup', name, 'Arn') ?? name,
      accept({ body }) {
        file ??= openLog(data, name);
        appendFileSync(file, `${lineOf(body)}\n`);
      },
    };
  });
}

/** Rotated at start only, like the logs of the functions. */
function openLog(data: DataDirectory, name: string): string {
  const file = data.file('logs', `${name.replace(/^\/+/, '').replaceAll(/[^\w.-]+/g, '_')}.log`);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > ROTATE_AT_BYTES) renameSync(file, `${file}.1`);
  return file;
}

function lineOf(body: string): string {
  const { data } = entrySchema.safeParse(parsed(body));
  return (data?.message ?? body).replaceAll('\n', '\\n');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
