import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { localAuthorization } from '../database/client-settings.ts';
import { type LoopbackServer, startLoopbackServer } from '../http/loopback-server.ts';
import { AccessDenied, accessKeyIn } from './permissions.ts';

/** @throws AccessDenied */
type Authorize = (accessKeyId: string | undefined, operation: string, input: object) => void;

/**
 * A proxy in front of a DynamoDB endpoint, for the functions only: it passes on what their roles allow. If the database does
 * not answer, the function sees a closed connection.
 */
export async function startDatabaseProxy(endpoint: string, authorize: Authorize): Promise<LoopbackServer> {
  const agent = new Agent({ keepAlive: true });
  const { url, stop } = await startLoopbackServer((incoming, body, outgoing) => {
    const denial = denialOf(authorize, incoming, body);
    if (denial) deny(outgoing, denial);
    else passOn(agent, endpoint, incoming, body, outgoing);
  });
  return {
    url,
    async stop() {
      await stop();
      agent.destroy();
    },
  };
}

function denialOf(
  authorize: Authorize,
  { headers }: IncomingMessage,
  body: Buffer,
): AccessDenied | undefined {
  const operation = String(headers['x-amz-target']).split('.')[1] ?? '';
  try {
    authorize(accessKeyIn(headers.authorization), operation, JSON.parse(body.toString('utf8')));
    return undefined;
  } catch (error) {
    if (error instanceof AccessDenied) return error;
    throw error;
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
function deny(outgoing: ServerResponse, { type, message }: AccessDenied): void {
  outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
  outgoing.end(JSON.stringify({ __type: `com.amazon.coral.service#${type}`, Message: message }));
}

function passOn(
  agent: Agent,
  endpoint: string,
  incoming: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
): void {
  const { host: _, connection: __, ...headers } = incoming.headers;
  const authorization = localAuthorization(headers.authorization ?? '');
  const forwarded = request(endpoint, { agent, method: 'POST', headers: { ...headers, authorization } });
  forwarded.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(outgoing);
    answer.on('error', () => outgoing.destroy());
  });
  forwarded.on('error', () => outgoing.destroy());
  outgoing.on('close', () => forwarded.destroy());
  forwarded.end(body);
}
