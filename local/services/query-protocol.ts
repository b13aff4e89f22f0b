import { randomUUID } from 'node:crypto';
import { callOperation, type Operation, type ServiceAnswer, statusOf } from './service-operation.ts';

/**
 * AWS's query protocol: a form in, XML out. An operation gets the form's fields, and those of lists by their own names
 * (`MessageAttributes.entry.1.Name`); what it returns is flat.
 */
export function serveQuery(operations: Record<string, Operation>, body: string): ServiceAnswer {
  const form = Object.fromEntries(new URLSearchParams(body));
  const action = form.Action ?? '';
  const { output, fault } = callOperation(operations[action], `the action ${action}`, () => form);
  const request = element('RequestId', randomUUID());
  if (fault) {
    const error = element('Type', 'Sender') + element('Code', fault.type) + element('Message', fault.message);
    return xml(statusOf(fault), `<ErrorResponse><Error>${error}</Error>${request}</ErrorResponse>`);
  }
  const result = Object.entries(output ?? {}).map(([name, value]) => element(name, String(value)));
  return xml(
    200,
    `<${action}Response><${action}Result>${result.join('')}</${action}Result>` +
      `<ResponseMetadata>${request}</ResponseMetadata></${action}Response>`,
  );
}

function xml(status: number, body: string): ServiceAnswer {
  return { status, contentType: 'text/xml', body };
}

function element(name: string, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<${name}>${escaped}</${name}>`;
}
