import { randomUUID } from 'node:crypto';
import { callOperation, type Operation, type ServiceResponse, statusOf } from './service-operation.ts';

/**
 * AWS's query protocol: the request is a form, the response is XML with one element per field of the output. A list is an
 * element with one `member` per entry, a map one with an `entry` per key.
 */
export function serveQuery(
  operationOf: (action: string) => Operation | undefined,
  body: string,
): ServiceResponse {
  const form = Object.fromEntries(new URLSearchParams(body));
  const action = form.Action ?? '';
  const { output, fault } = callOperation(operationOf(action), action, () => form);
  const request = element('RequestId', randomUUID());
  if (fault) {
    const error = element('Error', { Type: 'Sender', Code: fault.type, Message: fault.message });
    return xml(statusOf(fault), `<ErrorResponse>${error}${request}</ErrorResponse>`);
  }
  const result = element(`${action}Result`, output ?? {});
  return xml(
    200,
    `<${action}Response>${result}<ResponseMetadata>${request}</ResponseMetadata></${action}Response>`,
  );
}

function xml(status: number, body: string): ServiceResponse {
  return { status, contentType: 'text/xml', body };
}

function element(name: string, value: unknown): string {
  return `<${name}>${contentOf(value)}</${name}>`;
}

function contentOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((entry) => element('member', entry)).join('');
  if (value instanceof Map)
    return [...value].map(([key, of]) => element('entry', { key, value: of })).join('');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, inner]) => element(name, inner))
      .join('');
  }
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
