import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Entry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

/** What a bus says of every event beside its name. */
export const RELEASED = {
  version: '1.2.3',
  linkTo: { dashboard: 'https://page.example.com', api: 'https://api.example.com' },
};

type Answer = { status: number; body: unknown };

/** Answers like EventBridge over HTTP. `answer` decides about each request, by its number from 0. */
export async function eventBridge(answer: (entries: readonly Entry[], request: number) => Answer) {
  const requests: Entry[][] = [];
  const server = createServer(async (request, response) => {
    const { Entries } = JSON.parse(await text(request));
    if (request.headers['x-amz-target'] !== 'AWSEvents.PutEvents') throw new Error('another operation');
    requests.push(Entries);
    const { status, body } = answer(Entries, requests.length - 1);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** Accepts every entry except those that `holdsBack` names. */
export function taking(
  entries: readonly Entry[],
  holdsBack: (entry: Entry) => boolean = () => false,
): Answer {
  const results = entries.map((entry, index) =>
    holdsBack(entry) ? { ErrorCode: 'ThrottlingException' } : { EventId: `taken-${index}` },
  );
  return { status: 200, body: { FailedEntryCount: entries.filter(holdsBack).length, Entries: results } };
}

async function text(request: IncomingMessage): Promise<string> {
  return Buffer.concat(await request.toArray()).toString('utf8');
}
