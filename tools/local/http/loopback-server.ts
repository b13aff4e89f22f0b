import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { forTrustedCallers } from '../../sandbox/trusted-callers.ts';

/** An HTTP server on a free port of this machine. */
export interface LoopbackServer {
  url: string;
  /** Also ends open connections. */
  stop(): Promise<void>;
}

/** Answers a request whose body has arrived. */
type Answer = (request: IncomingMessage, body: Buffer, response: ServerResponse) => void;

export async function startLoopbackServer(answer: Answer): Promise<LoopbackServer> {
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    if (body) answer(request, body, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return listening(server);
}

/** A server that listens on 127.0.0.1. From now on it refuses what a page of another origin sends. */
export function listening(server: Server): LoopbackServer {
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  for (const listener of listeners) server.on('request', forTrustedCallers({ allowedHosts: [] }, listener));
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

/** @returns undefined if the client closed the connection */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  try {
    return Buffer.concat(await request.toArray());
  } catch {
    return undefined;
  }
}
