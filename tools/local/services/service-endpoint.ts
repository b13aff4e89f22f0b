import { type LoopbackServer, startLoopbackServer } from '../http/loopback-server.ts';
import { serveQuery } from './query-protocol.ts';
import { callOperation, type Operation, type ServiceResponse, statusOf } from './service-operation.ts';

export { ServiceFault } from './service-operation.ts';

/** @param authorization the header with the signature of the caller */
export type Authorize = (
  authorization: string | undefined,
  operation: string,
  input: Record<string, unknown>,
) => void;

export type ServiceEndpoint = LoopbackServer;

/**
 * Serves AWS services to the functions on a free port.
 * @param json operations in the JSON protocol by X-Amz-Target, for example `secretsmanager.GetSecretValue`
 * @param query operations in the query protocol by Action, for example `Publish`
 * @param authorize called before each operation. @throws ServiceFault for a caller that may not do it
 */
export async function startServiceEndpoint(
  json: Record<string, Operation>,
  query: Record<string, Operation> = {},
  authorize: Authorize = () => {},
): Promise<ServiceEndpoint> {
  return startLoopbackServer((request, received, response) => {
    const target = request.headers['x-amz-target'];
    const text = received.toString();
    const authorized = (name: string, operation: Operation | undefined): Operation | undefined =>
      operation &&
      ((input) => {
        authorize(request.headers.authorization, name, input);
        return operation(input);
      });
    const { status, contentType, body } =
      target === undefined
        ? serveQuery((action) => authorized(action, query[action]), text)
        : serveJson(authorized(String(target), json[String(target)]), String(target), text);
    response.writeHead(status, { 'content-type': contentType });
    response.end(body);
  });
}

function serveJson(operation: Operation | undefined, target: string, text: string): ServiceResponse {
  const contentType = 'application/x-amz-json-1.1';
  const { output, fault } = callOperation(operation, target, () => JSON.parse(text || '{}'));
  if (!fault) return { status: 200, contentType, body: JSON.stringify(output) };
  const body = JSON.stringify({ __type: fault.type, message: fault.message });
  return { status: statusOf(fault), contentType, body };
}
