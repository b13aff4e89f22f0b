import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import type { DataDirectory } from '../files/data-directory.ts';
import type { Template } from '../template/template.ts';
import { logFile } from '../topics-and-queues/log-groups.ts';
import { type Operation, ServiceFault } from './service-operation.ts';

/** Strict: times, streams and pages are refused. */
const filterRequest = z.strictObject({
  logGroupName: z.string(),
  /** Only the pattern that matches a phrase. */
  filterPattern: z.string().regex(/^"[^"]+"$/, 'the local run supports a phrase in quotes'),
});

const putRequest = z.strictObject({
  logGroupName: z.string(),
  logStreamName: z.string(),
  logEvents: z.array(z.strictObject({ timestamp: z.int(), message: z.string().min(1) })).min(1),
});

const streamSchema = z.object({ LogGroupName: z.string(), LogStreamName: z.string().optional() });

/** The part of the CloudWatch Logs API that adds lines to a stream of the template, and finds lines with a phrase. */
export function cloudWatchLogs(template: Template, data: DataDirectory): Record<string, Operation> {
  const names = new Set(template.resources('AWS::Logs::LogGroup').map((id) => template.nameOf(id)));
  const streams = new Set(
    template
      .resources('AWS::Logs::LogStream')
      .map((id) => `${template.read(id, streamSchema).LogGroupName} ${template.nameOf(id)}`),
  );
  return {
    'Logs_20140328.FilterLogEvents': (input) => {
      const { logGroupName, filterPattern } = parsed(filterRequest, input);
      if (!names.has(logGroupName)) throw notFound('log group');
      const file = logFile(data, logGroupName);
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
      const phrase = filterPattern.slice(1, -1);
      return { events: lines.filter((line) => line.includes(phrase)).map((message) => ({ message })) };
    },
    'Logs_20140328.PutLogEvents': (input) => {
      const { logGroupName, logStreamName, logEvents } = parsed(putRequest, input);
      if (!streams.has(`${logGroupName} ${logStreamName}`)) throw notFound('log stream');
      const lines = logEvents.map(({ message }) => `${message.replaceAll('\n', '\\n')}\n`);
      appendFileSync(logFile(data, logGroupName), lines.join(''));
      return {};
    },
  };
}

function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(input);
  if (!success) throw new ServiceFault('InvalidParameterException', z.prettifyError(error));
  return data;
}

function notFound(what: string): ServiceFault {
  return new ServiceFault('ResourceNotFoundException', `The specified ${what} does not exist.`);
}
