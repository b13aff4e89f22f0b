import { Agent, type ClientRequest, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { localAuthorization } from '../database/client-settings.ts';
import { type LoopbackServer, startLoopbackServer } from '../http/loopback-server.ts';
import { AccessDenied, accessKeyIn } from './permissions.ts';

/** @throws AccessDenied */
type Authorize = (accessKeyId: string | undefined, operation: string, input: object) => void;

/** A request that the database refused. */
export interface FailedRequest {
  operation: string;
  input: Readonly<Record<string, unknown>>;
  status: number;
  /** The name of the error. */
  type: string;
}

interface ProxyOptions {
  authorize: Authorize;
  /** Called for each answer with an error. */
  onFailed(failed: FailedRequest): void;
  /** Called for each answer to a request that may have changed a table. */
  onWritten(): void;
}

const WRITES = /^(?:Put|Update|Delete|BatchWrite|TransactWrite)/;

/**
 * A proxy in front of a DynamoDB endpoint, for the functions only: it passes on what their roles allow. If the database does
 * not answer, the function sees a closed connection.
 */
export async function startDatabaseProxy(
  endpoint: string,
  { authorize, onFailed, onWritten }: ProxyOptions,
): Promise<LoopbackServer> {
  const agent = new Agent({ keepAlive: true });
  const { url, stop } = await startLoopbackServer((incoming, body, outgoing) => {
    const denial = denialOf(authorize, incoming, body);
    if (denial) return deny(outgoing, denial);
    passOn(agent, endpoint, incoming, body, outgoing).on('response', (answer) => {
      if ((answer.statusCode ?? 500) >= 400) readFailure(answer, incoming, body, onFailed);
      else if (WRITES.test(operationOf(incoming.headers))) onWritten();
    });
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
  try {
    authorize(accessKeyIn(headers.authorization), operationOf(headers), JSON.parse(body.toString('utf8')));
    return undefined;
  } catch (error) {
    if (error instanceof AccessDenied) return error;
    throw error;
  }
}

function operationOf(headers: IncomingMessage['headers']): string {
  return String(headers['x-amz-target']).split('.')[1] ?? '';
}

/** Reads the answer beside the pipe that passes it on. */
function readFailure(
  answer: IncomingMessage,
  { headers }: IncomingMessage,
  body: Buffer,
  onFailed: ProxyOptions['onFailed'],
): void {
  const chunks: Buffer[] = [];
  answer.on('data', (chunk: Buffer) => chunks.push(chunk));
  answer.on('end', () => {
    const [, type = ''] =
      /"__type"\s*:\s*"(?:[^"#]*#)?([^"]*)"/.exec(Buffer.concat(chunks).toString('utf8')) ?? [];
    const input = JSON.parse(body.toString('utf8'));
    onFailed({ operation: operationOf(headers), input, status: answer.statusCode ?? 500, type });
  });
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
): ClientRequest {
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
  return forwarded;
}
