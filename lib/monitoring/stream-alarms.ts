import { Duration } from 'aws-cdk-lib';
import type { Outbox } from '../events/outbox.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { Projection } from '../projection/projection.ts';
import type { StreamFeed } from '../streams/stream-feed.ts';
import type { Alarms } from './alarms.ts';
import { iteratorAge, streamEvents } from './metrics.ts';

/** How one reader of the stream is watched: the id of each alarm, what it means and where to read on. */
interface Watch {
  readonly function: ServiceFunction;
  readonly feed: StreamFeed;
  readonly behind: Notice;
  readonly failing: Notice;
  readonly givenUp: Notice;
  readonly dropped: Notice;
}

interface Notice {
  readonly id: string;
  readonly meaning: string;
  readonly runbook: string;
}

/** Watches that transactions follow their orders. */
export function watchProjection(
  alarms: Alarms,
  { function: fn, feed }: Projection,
  lagMinutes: number,
): void {
  watchReader(alarms, lagMinutes, {
    function: fn,
    feed,
    behind: {
      id: 'ProjectionBehind',
      meaning: `Transactions have been more than ${lagMinutes} minutes behind their orders for three minutes. Answers of the API are old, nothing is lost.`,
      runbook: 'projection-behind',
    },
    failing: {
      id: 'ProjectionErrors',
      meaning:
        'Changes of orders have been failing for a quarter of an hour. Those that fail to the end go to the failure bucket.',
      runbook: 'projection-errors',
    },
    givenUp: {
      id: 'RecordsGivenUp',
      meaning:
        'A change of an order failed every attempt and lies in the failure bucket: its transaction is out of date until it is replayed.',
      runbook: 'records-given-up',
    },
    dropped: {
      id: 'RecordsDropped',
      meaning:
        'A change of an order failed every attempt and could not be kept in the failure bucket either. Its order is safe; recompute the transaction from it.',
      runbook: 'records-dropped',
    },
  });
}

/** Watches that what changed in transactions is told. */
export function watchOutbox(alarms: Alarms, { function: fn, feed }: Outbox, lagMinutes: number): void {
  watchReader(alarms, lagMinutes, {
    function: fn,
    feed,
    behind: {
      id: 'PublishBehind',
      meaning: `Events have been more than ${lagMinutes} minutes behind their transactions for three minutes. People and programs hear late of redraws, nothing is lost.`,
      runbook: 'publish-behind',
    },
    failing: {
      id: 'PublishErrors',
      meaning:
        'Events could not be put on the bus for a quarter of an hour. Those that fail to the end go to the failure bucket, and nobody is told.',
      runbook: 'publish-errors',
    },
    givenUp: {
      id: 'EventsGivenUp',
      meaning:
        'A change of a transaction failed every attempt to be told and lies in the failure bucket: somebody may not know of a redraw that waits.',
      runbook: 'events-given-up',
    },
    dropped: {
      id: 'EventsDropped',
      meaning:
        'A change of a transaction could neither be told nor kept in the failure bucket. The transaction is safe; the worklist shows what waits.',
      runbook: 'events-dropped',
    },
  });
}

function watchReader(alarms: Alarms, lagMinutes: number, watch: Watch): void {
  const { feed } = watch;
  add(alarms, watch.behind, {
    metric: iteratorAge(watch.function),
    threshold: Duration.minutes(lagMinutes).toMilliseconds(),
    periods: 3,
  });
  // Counts crashed batches and the records that the function reports as failed alike.
  const failing = streamEvents(feed, 'FailedInvokeEventCount');
  add(alarms, watch.failing, { metric: failing, threshold: 1, periods: 3 });
  const givenUp = streamEvents(feed, 'OnFailureDestinationDeliveredEventCount');
  add(alarms, watch.givenUp, { metric: givenUp, threshold: 1 });
  add(alarms, watch.dropped, { metric: streamEvents(feed, 'DroppedEventCount'), threshold: 1 });
}

type Condition = Omit<Parameters<Alarms['add']>[1], 'meaning' | 'runbook'>;

function add(alarms: Alarms, { id, ...text }: Notice, condition: Condition): void {
  alarms.add(id, { ...condition, ...text });
}
