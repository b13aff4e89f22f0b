import { Duration } from 'aws-cdk-lib';
import type { ServiceFunction } from '../../functions/service-function.ts';
import { iteratorAge, streamEvents } from '../../metrics/metrics.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Outbox } from '../../streams/outbox.ts';
import type { StreamFeed } from '../../streams/stream-feed.ts';
import type { AlarmDefinition, Alarms } from './alarms.ts';

/** A function that reads the stream, and the texts of its alarms. */
interface StreamReader {
  readonly function: ServiceFunction;
  readonly feed: StreamFeed;
  readonly behind: AlarmText;
  readonly failing: AlarmText;
  readonly dropped: AlarmText;
}

interface AlarmText extends Pick<AlarmDefinition, 'meaning' | 'runbook'> {
  readonly id: string;
}

/** How long the readers of the stream may be behind before an alarm. Usually it is seconds. */
const LAG_MINUTES = 5;

/** Alarms on the projection, which brings orders into their transactions. */
export function addProjectionAlarms(alarms: Alarms, { function: fn, feed }: Projection): void {
  addReaderAlarms(alarms, {
    function: fn,
    feed,
    behind: {
      id: 'ProjectionBehind',
      meaning: `Transactions have lagged more than ${LAG_MINUTES} minutes behind their orders for three minutes. The API returns outdated states. Nothing is lost.`,
      runbook: 'projection-behind',
    },
    failing: {
      id: 'ProjectionErrors',
      meaning:
        'Processing of changed orders has failed for 15 minutes. It is retried for 12 hours. After that, the records are moved to the failure bucket and redriven.',
      runbook: 'projection-errors',
    },
    dropped: {
      id: 'RecordsDropped',
      meaning:
        'Processing a changed order failed for 12 hours, and the record could not be stored in the failure bucket. The order is safe. Recompute its transaction.',
      runbook: 'records-dropped',
    },
  });
}

/** Alarms on the outbox, which publishes changes of transactions. */
export function addOutboxAlarms(alarms: Alarms, { function: fn, feed }: Outbox): void {
  addReaderAlarms(alarms, {
    function: fn,
    feed,
    behind: {
      id: 'PublishBehind',
      meaning: `Events have lagged more than ${LAG_MINUTES} minutes behind their transactions for three minutes. Consumers learn about redraws late. Nothing is lost.`,
      runbook: 'publish-behind',
    },
    failing: {
      id: 'PublishErrors',
      meaning:
        'Events could not be published for 15 minutes. They are retried for 12 hours. After that, the records are moved to the failure bucket and redriven.',
      runbook: 'publish-errors',
    },
    dropped: {
      id: 'EventsDropped',
      meaning:
        'The events of a change to a transaction could not be published for 12 hours, and the record could not be stored in the failure bucket. The transaction is safe, and the worklist shows its redraw.',
      runbook: 'events-dropped',
    },
  });
}

function addReaderAlarms(alarms: Alarms, reader: StreamReader): void {
  const { feed, behind, failing, dropped } = reader;
  const lag = Duration.minutes(LAG_MINUTES).toMilliseconds();
  alarms.add(behind.id, {
    ...behind,
    metric: iteratorAge(reader.function),
    threshold: lag,
    periods: 3,
  });
  // Counts records of crashed batches and records that the function reports as failed.
  const failed = streamEvents(feed, 'FailedInvokeEventCount');
  alarms.add(failing.id, { ...failing, metric: failed, threshold: 1, periods: 3 });
  // Nothing can measure dropped records later, because they are stored nowhere. So the alarm lasts a day; a shorter one could
  // end before anybody sees it.
  const droppedInADay = streamEvents(feed, 'DroppedEventCount').with({ period: Duration.days(1) });
  alarms.add(dropped.id, { ...dropped, metric: droppedInADay, threshold: 1 });
}
