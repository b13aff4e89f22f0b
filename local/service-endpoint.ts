import { createServer, type IncomingMessage } from 'node:http';

/** One operation of an AWS service that speaks JSON. Throws ServiceFault for what the service would refuse. */
export type Operation = (input: Record<string, unknown>) => unknown;

export class ServiceFault extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export interface ServiceEndpoint {
  url: string;
  stop(): Promise<void>;
}

/**
 * Serves AWS's JSON protocols on a free port, for the functions only.
 * @param operations by the value of X-Amz-Target, for example `secretsmanager.GetSecretValue`
 */
export async function startServiceEndpoint(operations: Record<string, Operation>): Promise<ServiceEndpoint> {
  const server = createServer(async (request, response) => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const { status, body } = answer(operations[target], target, await read(request));
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function answer(operation: Operation | undefined, target: string, body: string) {
  try {
    if (!operation)
      throw new ServiceFault('UnknownOperationException', `The local run does not serve ${target}.`);
    return { status: 200, body: operation(JSON.parse(body || '{}')) };
  } catch (error) {
    const fault =
      error instanceof ServiceFault ? error : new ServiceFault('InternalServiceError', String(error));
    return {
      status: fault.type === 'InternalServiceError' ? 500 : 400,
      body: { __type: fault.type, message: fault.message },
    };
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
