import { randomUUID } from 'node:crypto';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE, TOPICS_TESTED } from '../../core/events/source.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { type Check, type Finding, failed, passed, skipped, waitFor } from './check.ts';

/** Consumers match on the detail type, so none of them acts on it. docs/events/README.md says so. */
const DETAIL_TYPE = 'Deployment Verified';

/** Puts an event on the bus, and looks for it in the log of all events. */
export const busCheck: Check = {
  name: 'bus',
  permissions: ['events:PutEvents', 'logs:FilterLogEvents'],
  look: (deployment) =>
    followEvent(deployment, DETAIL_TYPE, {
      log: deployment.outputs.EventLogName,
      arrived: passed('A test event passed through the bus into the event log.'),
      lost: failed(
        'The bus accepted an event, but the event did not reach the event log in time.',
        'Check the rule EveryEvent (its metric FailedInvocations) and the dead-letter queue (docs/operations/runbook.md, "Dead letters").',
      ),
    }),
};

/**
 * Lets a rule and the function behind it publish a test to the topics of operators and of critical results. SNS encrypts a message
 * before it accepts it, so the topics, their keys and the permissions of the function are in order once the function has logged it.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export const topicsCheck: Check = {
  name: 'topics',
  permissions: ['events:PutEvents', 'logs:FilterLogEvents'],
  async look(deployment) {
    const { isLocal, outputs } = deployment;
    if (isLocal) return skipped('The local stack has neither keys nor policies of topics.');
    if (!outputs.OperatorMailsLogName)
      return skipped('The stack does not name the log of the mails. Deploy this version first.');
    return followEvent(deployment, TOPICS_TESTED, {
      log: outputs.OperatorMailsLogName,
      arrived: passed('A test passed through a rule into the topics of operators and critical results.'),
      lost: failed(
        'A test on the bus did not reach the topics of operators and critical results in time.',
        'The log of the function operator-mails names the error, for example that it may not use the key of a topic (docs/operations/runbook.md, "Operator email errors").',
      ),
    });
  },
};

interface Way {
  /** The log group that names the event at the end. */
  readonly log: string | undefined;
  readonly arrived: Finding;
  readonly lost: Finding;
}

async function followEvent(
  { clients, outputs, patience }: Deployment,
  DetailType: string,
  { log, arrived, lost }: Way,
): Promise<Finding> {
  const { FailedEntryCount = 0, Entries = [] } = await clients.eventBridge.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: outputs.EventBusName,
          Source: EVENT_SOURCE,
          DetailType,
          // Without a team, so that it passes the rules for one.
          Detail: JSON.stringify({
            id: `verify:${randomUUID()}`,
            time: new Date().toISOString(),
            team_id: null,
            historical: false,
          }),
        },
      ],
    }),
  );
  const [{ EventId, ErrorMessage } = {}] = Entries;
  if (FailedEntryCount > 0) {
    return failed(`The bus rejected an event: ${ErrorMessage}`, 'Check the policy of the bus and its key.');
  }
  const find = async () => {
    const { events = [] } = await clients.logs.send(
      new FilterLogEventsCommand({ logGroupName: log, filterPattern: `"${EventId}"` }),
    );
    return events.length > 0 ? true : undefined;
  };
  return (await waitFor(find, { milliseconds: patience, every: 1_000 })) ? arrived : lost;
}
