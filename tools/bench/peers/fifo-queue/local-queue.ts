import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Message {
  readonly id: string;
  readonly group: string;
  readonly body: string;
}

/** A FIFO queue on this machine: the operation SendMessage of SQS, and batches as an event source mapping takes them. */
export interface LocalQueue {
  /** Its address and URL at once. */
  readonly url: string;
  /** The next messages. Until they are done, no further message of their groups is taken. */
  take(max: number): readonly Message[];
  /** @param failed the ids of messages to redeliver */
  done(taken: readonly Message[], failed: ReadonlySet<string>): void;
  isEmpty(): boolean;
  /** The requests so far. Taking and deleting a batch are requests too. */
  requests(): number;
  close(): void;
}

export async function startLocalQueue(): Promise<LocalQueue> {
  let waiting: Message[] = [];
  let requests = 0;
  const busy = new Set<string>();
  // SQS forgets an id after five minutes. No run lasts so long in real time between a message and its repetition.
  const known = new Set<string>();
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    const sent = JSON.parse(text) as Record<
      'MessageBody' | 'MessageGroupId' | 'MessageDeduplicationId',
      string
    >;
    const { MessageBody: body, MessageGroupId: group, MessageDeduplicationId: key } = sent;
    requests += 1;
    const id = randomUUID();
    if (!known.has(key)) waiting.push({ id, group, body });
    known.add(key);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(
      JSON.stringify({ MessageId: id, MD5OfMessageBody: createHash('md5').update(body).digest('hex') }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/000000000000/orders.fifo`,
    take(max) {
      const taken = waiting.filter(({ group }) => !busy.has(group)).slice(0, max);
      for (const { group } of taken) busy.add(group);
      waiting = waiting.filter((message) => !taken.includes(message));
      if (taken.length > 0) requests += 1;
      return taken;
    },
    done(taken, failed) {
      waiting = [...taken.filter(({ id }) => failed.has(id)), ...waiting];
      for (const { group } of taken) busy.delete(group);
      requests += 1;
    },
    isEmpty: () => waiting.length === 0 && busy.size === 0,
    requests: () => requests,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
