import { createServer, type IncomingMessage } from 'node:http';
import { MemoryTable } from '../memory-table/memory-table.ts';
import type { TestEngine } from './dynamodb-local.ts';
import { answerAsDynamoDB } from './dynamodb-protocol.ts';

const TABLE_NAME = 'Orders';
const MAX_ITEM_BYTES = 400 * 1_024;

/**
 * The table in memory behind DynamoDB's own protocol, for the client that the functions use. It starts at once and
 * answers in well under a millisecond, which mutation testing needs. It throws for anything that it does not support.
 */
export async function startMemoryEngine(): Promise<TestEngine> {
  const table = new MemoryTable(new Map(), { largestItem: MAX_ITEM_BYTES });
  const server = createServer(async (request, response) => {
    const target = String(request.headers['x-amz-target']);
    const { status, body } = await answerAsDynamoDB(
      new Map([[TABLE_NAME, table]]),
      target,
      await read(request),
    );
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    tableName: TABLE_NAME,
    endpoint: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
