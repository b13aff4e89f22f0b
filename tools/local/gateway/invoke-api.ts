import type { HttpRequest } from '../http/http-event.ts';
import { type HttpResponse, json } from '../http/http-response.ts';
import { type LocalFunction, Throttled } from '../runtime/functions.ts';

const INVOKE_PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/**
 * Lambda's Invoke operation, for the AWS CLI and SDKs with `--endpoint-url`. Supports the invocation type RequestResponse.
 * @returns undefined for any other path
 */
export async function invokeApi(
  functions: ReadonlyMap<string, LocalFunction>,
  path: string,
  request: HttpRequest,
): Promise<HttpResponse | undefined> {
  const [, encoded] = INVOKE_PATH.exec(path) ?? [];
  if (encoded === undefined) return undefined;
  const name = decodeURIComponent(encoded);
  if (request.method !== 'POST') return serviceError(405, 'MethodNotAllowedException', 'Use POST.');
  const target = functions.get(name);
  if (!target) {
    const known = [...functions.keys()].join(', ');
    return serviceError(404, 'ResourceNotFoundException', `Function not found: ${name}. Known: ${known}.`);
  }
  const payload = request.body.toString('utf8') || '{}';
  if (!isJson(payload)) {
    return serviceError(400, 'InvalidRequestContentException', 'Could not parse request body into json.');
  }
  const [type = 'RequestResponse'] = request.headers.get('x-amz-invocation-type') ?? [];
  if (type !== 'RequestResponse') {
    const reason = `The local run does not support the invocation type ${type}.`;
    return serviceError(400, 'InvalidParameterValueException', reason);
  }
  return invoke(target, payload);
}

async function invoke(target: LocalFunction, payload: string): Promise<HttpResponse> {
  const headers = { 'x-amz-executed-version': '$LATEST' };
  try {
    const result = await target.invoke(payload);
    if (result.ok)
      return { status: 200, headers: typed(headers, result.requestId), body: Buffer.from(result.payload) };
    return json(200, result.failure, {
      ...typed(headers, result.requestId),
      'x-amz-function-error': 'Unhandled',
    });
  } catch (error) {
    if (error instanceof Throttled) return serviceError(429, error.name, error.message);
    throw error;
  }
}

function typed(headers: Record<string, string>, requestId: string): Record<string, string> {
  return { ...headers, 'content-type': 'application/json', 'x-amzn-requestid': requestId };
}

function serviceError(status: number, type: string, text: string): HttpResponse {
  return json(status, { Type: 'User', Message: text }, { 'x-amzn-errortype': type });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
