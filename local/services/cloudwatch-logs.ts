import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import type { DataDirectory } from '../files/data-directory.ts';
import { logFile } from '../messaging/log-groups.ts';
import type { Template } from '../template/template.ts';
import { type Operation, ServiceFault } from './service-operation.ts';

/** Strict: times, streams and pages are refused. */
const request = z.strictObject({
  logGroupName: z.string(),
  /** Only the pattern that matches a phrase. */
  filterPattern: z.string().regex(/^"[^"]+"$/, 'the local run supports a phrase in quotes'),
});

/** The part of the CloudWatch Logs API that finds the lines of a log group with a phrase. */
export function cloudWatchLogs(template: Template, data: DataDirectory): Record<string, Operation> {
  const names = new Set(template.resources('AWS::Logs::LogGroup').map((id) => template.nameOf(id)));
  return {
    'Logs_20140328.FilterLogEvents': (input) => {
      const { success, data: asked, error } = request.safeParse(input);
      if (!success) throw new ServiceFault('InvalidParameterException', z.prettifyError(error));
      if (!names.has(asked.logGroupName)) {
        throw new ServiceFault('ResourceNotFoundException', 'The specified log group does not exist.');
      }
      const file = logFile(data, asked.logGroupName);
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
      const phrase = asked.filterPattern.slice(1, -1);
      return { events: lines.filter((line) => line.includes(phrase)).map((message) => ({ message })) };
    },
  };
}
