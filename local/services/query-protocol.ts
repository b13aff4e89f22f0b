import { randomUUID } from 'node:crypto';
import { callOperation, type Operation, type ServiceResponse, statusOf } from './service-operation.ts';

/** AWS's query protocol: the request is a form, the response is XML with one element per field of the output. */
export function serveQuery(operations: Record<string, Operation>, body: string): ServiceResponse {
  const form = Object.fromEntries(new URLSearchParams(body));
  const action = form.Action ?? '';
  const { output, fault } = callOperation(operations[action], action, () => form);
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

function xml(status: number, body: string): ServiceResponse {
  return { status, contentType: 'text/xml', body };
}

function element(name: string, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<${name}>${escaped}</${name}>`;
}
