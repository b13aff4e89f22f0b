import { randomUUID } from 'node:crypto';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE } from '../../core/events/source.ts';
import { type Check, failed, passed, waitFor } from './check.ts';

/** Consumers match on the detail type, so none of them acts on it. docs/events/README.md says so. */
const DETAIL_TYPE = 'Deployment Verified';

/** Puts an event on the bus, and looks for it in the log of all events. */
export const busCheck: Check = {
  name: 'bus',
  permissions: ['events:PutEvents', 'logs:FilterLogEvents'],
  async look({ clients, outputs, patience }) {
    const id = `verify:${randomUUID()}`;
    const { FailedEntryCount = 0, Entries = [] } = await clients.eventBridge.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: outputs.EventBusName,
            Source: EVENT_SOURCE,
            DetailType: DETAIL_TYPE,
            Detail: JSON.stringify({ id, time: new Date().toISOString() }),
          },
        ],
      }),
    );
    if (FailedEntryCount > 0) {
      return failed(
        `The bus rejected an event: ${Entries[0]?.ErrorMessage}`,
        'Check the policy of the bus and its key.',
      );
    }
    const find = async () => {
      const { events = [] } = await clients.logs.send(
        new FilterLogEventsCommand({ logGroupName: outputs.EventLogName, filterPattern: `"${id}"` }),
      );
      return events.length > 0 ? true : undefined;
    };
    const found = await waitFor(find, { milliseconds: patience, every: 1_000 });
    if (found) return passed('A test event passed through the bus into the event log.');
    return failed(
      'The bus accepted an event, but the event did not reach the event log in time.',
      'Check the rule EveryEvent (its metric FailedInvocations) and the dead-letter queue (docs/operations/runbook.md, "Dead letters").',
    );
  },
};
