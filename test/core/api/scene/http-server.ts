import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { QueryApi } from './query-api.ts';

export interface Served {
  readonly url: string;
  /** The headers of all requests so far. */
  readonly asked: Record<string, string | string[] | undefined>[];
  close(): Promise<void>;
}

/** Serves the query API on a port, for clients that need HTTP. */
export async function serve(api: QueryApi): Promise<Served> {
  const asked: Served['asked'] = [];
  const server = createServer(async (request, response) => {
    asked.push(request.headers);
    const answer = await api.ask(request.method ?? 'GET', request.url ?? '/');
    response.writeHead(answer.status, answer.headers);
    response.end(answer.bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
