/** What a failure of one part of the scheduled redrive does to the others. */

import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import type { Table } from '../../../../core/store/table.ts';
import { redriveAndMeasure } from '../../../../core/use-cases/redrive-and-measure.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';
import { RELEASED } from '../../events/event-bridge.ts';
import { instant, Tracker } from '../sweep/scene/tracker.ts';
import { FailureBucket } from './failure-bucket.ts';

/** The table, except that requests which name `unreadable` fail. */
function without(table: Table, unreadable: string): Table {
  const client = Object.create(table.client);
  client.send = (command: { input: object }) => {
    if (JSON.stringify(command.input).includes(unreadable)) throw new Error('unreadable');
    return table.client.send(command as never);
  };
  return { ...table, client };
}

/** A run in which requests that name `unreadable` fail. */
async function run(unreadable: string, scheduled = true, confirmedOf = async () => 1) {
  const tracker = new Tracker();
  const reported: string[] = [];
  const finished = redriveAndMeasure(
    {
      failures: await FailureBucket.open(),
      projection: { ...tracker.projection, table: without(tracker.projection.table, unreadable) },
      quarantine: without(tracker.projection.table, unreadable),
      bus: { client: new EventBridgeClient({}), name: 'the-bus', pause: async () => undefined, ...RELEASED },
      watchingSince: async () => null,
      hasTime: () => true,
      beginAt: () => 0,
      teamId: null,
      noAcknowledgement: 3_600_000,
      topics: [{ arn: 'arn:operators', atLeast: 1 }],
      confirmedOf,
      onRecord: () => undefined,
      onFailure: () => reported.push('failure'),
      onRedriven: () => reported.push('redriven'),
      onCriticalResults: ({ open }) => reported.push(`critical ${open}`),
      onSubscribers: ([count]) => reported.push(`subscribers missing ${count?.missing}`),
      onQuarantine: (waiting) =>
        reported.push(typeof waiting === 'number' ? `quarantined ${waiting}` : 'quarantine unknown'),
    },
    scheduled ? instant(march(5)) : null,
  );
  const error = await finished.then(
    () => null,
    (thrown: Error) => thrown.message,
  );
  return { reported, error };
}

test('counts the critical results and the subscribers, redrives, and counts the quarantine', async () => {
  const done = ['critical 0', 'subscribers missing 0', 'redriven', 'quarantined 0'];
  expect(await run('nothing')).toEqual({ reported: done, error: null });
});

test('redrives although the critical results cannot be counted, and fails in the end', async () => {
  const done = ['subscribers missing 0', 'redriven', 'quarantined 0'];
  expect(await run('CRITICAL#')).toEqual({ reported: done, error: 'unreadable' });
});

test('redrives although the subscribers cannot be counted, and fails in the end', async () => {
  const fails = async () => Promise.reject(new Error('denied'));
  const done = ['critical 0', 'redriven', 'quarantined 0'];
  expect(await run('nothing', true, fails)).toEqual({ reported: done, error: 'denied' });
});

test('does not fail because the quarantine cannot be counted', async () => {
  const done = ['critical 0', 'subscribers missing 0', 'redriven', 'quarantine unknown'];
  expect(await run('QUARANTINE#')).toEqual({ reported: done, error: null });
});

test('counts no critical results and no subscribers if no schedule started it', async () => {
  const done = ['redriven', 'quarantined 0'];
  expect(await run('CRITICAL#', false)).toEqual({ reported: done, error: null });
});
