import { CloudWatchLogsClient, type PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import type { AuditEntry } from '../../../core/audit/audit-entry.ts';
import { CloudWatchTrail } from '../../../core/audit/cloudwatch-trail.ts';

const NOW = new Date('2026-03-10T08:00:00.123Z');
const STREAM = { logGroupName: 'trail', logStreamName: 'results' };
const ENTRY: AuditEntry = {
  action: 'results.read',
  outcome: 'success',
  status: 200,
  transaction_id: 'tx',
  subject: 's-1',
  client_id: 'page',
  name: null,
  route: 'GET /v1/…',
  request_id: 'r-1',
};

/** Answers every request so. */
function trailAnswered(output: object) {
  const sent: PutLogEventsCommand['input'][] = [];
  const client = new CloudWatchLogsClient({ region: 'us-east-1' });
  client.send = async ({ input }: PutLogEventsCommand) => {
    sent.push(input);
    return output;
  };
  return { sent, trail: new CloudWatchTrail(client, STREAM, () => NOW) };
}

test('each entry is a line of JSON with its time, and with nothing that is not declared', async () => {
  const { sent, trail } = trailAnswered({});
  await trail.write([{ ...ENTRY, note: 'CANARY' } as AuditEntry, ENTRY]);
  const [{ logEvents = [], ...stream } = {}] = sent;
  expect(stream).toEqual(STREAM);
  expect(logEvents.map(({ timestamp }) => timestamp)).toEqual([NOW.getTime(), NOW.getTime()]);
  expect(logEvents.map(({ message = '' }) => JSON.parse(message))).toEqual([
    { time: '2026-03-10T08:00:00.123Z', ...ENTRY },
    { time: '2026-03-10T08:00:00.123Z', ...ENTRY },
  ]);
});

test('an entry that CloudWatch answers 200 for, and drops, is not written', async () => {
  const { trail } = trailAnswered({ rejectedLogEventsInfo: { tooNewLogEventStartIndex: 0 } });
  await expect(trail.write([ENTRY])).rejects.toThrow('tooNewLogEventStartIndex');
});
