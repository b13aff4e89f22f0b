import { localAuthorization } from './database/client-settings.ts';
import type { HttpRequest } from './http/http-event.ts';
import { type HttpResponse, json } from './http/http-response.ts';
import type { EventSourceMapping } from './streams/event-source-mapping.ts';
import { attributeOf, nameIn } from './template/resource-names.ts';

export interface AwsEndpointOptions {
  /** Serves the JSON and the query protocol. */
  servicesUrl: string;
  databaseUrl: string;
  mappings: readonly EventSourceMapping[];
  /** The result of a mapping's last batch; undefined before the first one. */
  lastResult(mappingId: string): string | undefined;
}

const MAPPINGS_PATH = '/2015-03-31/event-source-mappings';

/**
 * The AWS services of the stack on the local port, for tools of an operator: `npx redraw-tracker verify`, and the AWS CLI with
 * `--endpoint-url`.
 * @returns undefined for a request that is not one of the AWS protocols
 */
export async function awsEndpoint(
  options: AwsEndpointOptions,
  path: string,
  request: HttpRequest,
): Promise<HttpResponse | undefined> {
  if (path.replace(/\/$/, '') === MAPPINGS_PATH && request.method === 'GET') {
    return eventSourceMappings(options, new URL(request.url, 'http://local'));
  }
  if (path !== '/' || request.method !== 'POST') return undefined;
  const [target = ''] = request.headers.get('x-amz-target') ?? [];
  if (target.startsWith('DynamoDB')) return forward(options.databaseUrl, request, localAuthorization);
  // The JSON protocol names its operation in a header, the query protocol in a form.
  const [contentType = ''] = request.headers.get('content-type') ?? [];
  if (target === '' && !contentType.startsWith('application/x-www-form-urlencoded')) return undefined;
  return forward(options.servicesUrl, request);
}

/** Lambda's ListEventSourceMappings, by the ARN of a stream of the table. */
function eventSourceMappings({ mappings, lastResult }: AwsEndpointOptions, { searchParams }: URL) {
  const source = searchParams.get('EventSourceArn') ?? '';
  const found = mappings.filter(({ tableName }) => tableName === nameIn(source, 'table/'));
  return json(200, {
    EventSourceMappings: found.map(({ id, function: { physicalName } }) => ({
      UUID: id,
      EventSourceArn: source,
      FunctionArn: attributeOf('AWS::Lambda::Function', physicalName, 'Arn'),
      State: 'Enabled',
      LastProcessingResult: lastResult(id) ?? 'No records processed',
    })),
  });
}

const FORWARDED = ['content-type', 'x-amz-target', 'authorization', 'x-amz-date'];

async function forward(
  to: string,
  request: HttpRequest,
  authorizationOf = (authorization: string) => authorization,
): Promise<HttpResponse> {
  const headers = FORWARDED.flatMap((name) => {
    const [value] = request.headers.get(name) ?? [];
    if (value === undefined) return [];
    return [[name, name === 'authorization' ? authorizationOf(value) : value] as [string, string]];
  });
  const response = await fetch(to, { method: 'POST', headers, body: new Uint8Array(request.body) });
  return {
    status: response.status,
    headers: { 'content-type': response.headers.get('content-type') ?? 'application/json' },
    body: Buffer.from(await response.arrayBuffer()),
  };
}
