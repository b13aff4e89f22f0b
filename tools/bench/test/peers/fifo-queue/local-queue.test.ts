import { expect, test } from 'vitest';
import { startLocalQueue } from '../../../peers/fifo-queue/local-queue.ts';

test('the local queue keeps the order of a group, drops a repeated id, and redelivers failures', async () => {
  const queue = await startLocalQueue();
  const send = (group: string, key: string) =>
    fetch(queue.url, {
      method: 'POST',
      body: JSON.stringify({ MessageBody: key, MessageGroupId: group, MessageDeduplicationId: key }),
    });
  for (const [group, key] of [
    ['a', '1'],
    ['a', '2'],
    ['b', '3'],
    ['a', '2'],
  ] as const)
    await send(group, key);
  const first = queue.take(10);
  expect(first.map(({ body }) => body)).toEqual(['1', '2', '3']);
  await send('a', '4');
  expect(queue.take(10)).toEqual([]);
  queue.done(first, new Set(first.slice(1, 2).map(({ id }) => id)));
  expect(queue.take(10).map(({ body }) => body)).toEqual(['2', '4']);
  queue.close();
});
