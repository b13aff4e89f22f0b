import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { DomainEventBus } from './event-bus.ts';
import type { OperatorsTopic } from './operators-topic.ts';

export interface OperatorNoticesProps {
  readonly events: DomainEventBus;
  readonly operators: OperatorsTopic;
}

/**
 * What an operator reads, by the events that make one read it. Ids of Junction's only: the ids that a team gives
 * its users itself could be anything, a name included, and a mail is no place for it.
 */
const notices = {
  RedrawStale: {
    detailType: 'Redraw Stale',
    description: 'redraw-tracker: tell operators of a redraw that nobody acts on',
    text: (event: EventFields) => [
      `A redraw is waiting and nobody acts on it: transaction ${event('transaction_id')}.`,
      `It is ${event('redraw.stage')} and was due at ${event('redraw.due_at')}. Its redraw order: ${event('redraw.order_id')} (empty or null: none yet).`,
      'Until somebody acts, a patient waits for a result that will not come by itself.',
      'What to do: docs/runbook.md#a-redraw-is-stale',
    ],
  },
  DivergenceOpened: {
    detailType: 'Divergence Opened',
    description: 'redraw-tracker: tell operators of a state that differs from what Junction reports',
    text: (event: EventFields) => [
      `Junction reports another state than ours for transaction ${event('transaction_id')}: ours is ${event('status')}, Junction's ${event('reported_status')}.`,
      'The sweep asks Junction again by itself. If the difference stays, somebody has to look.',
      'What to do: docs/runbook.md#a-state-differs-from-junctions',
    ],
  },
  TransactionAnomaly: {
    detailType: 'Transaction Anomaly',
    description: 'redraw-tracker: tell operators of something that Junction says never happens',
    text: (event: EventFields) => [
      `Something that should not happen happened to transaction ${event('transaction_id')}: ${event('anomaly.code')}, order ${event('anomaly.order_id')}.`,
      'It was recorded, and nothing was refused. Somebody should look whether it was meant.',
      'What to do: docs/runbook.md#an-anomaly-was-recorded',
    ],
    // These two also show while webhooks of one transaction come out of order, and go by themselves.
    detail: {
      anomaly: { code: [{ 'anything-but': ['unknown_origin', 'redraw_without_redraw_available'] }] },
    },
  },
} as const;

type EventFields = (path: string) => string;

/**
 * Sends the operators what needs them, in words a person can read. Each line comes in quotes: EventBridge requires them
 * around text and hands them on. One line for all would be one long one, and JSON is minified (docs/decisions.md).
 */
export class OperatorNotices extends Construct {
  constructor(scope: Construct, id: string, { events, operators }: OperatorNoticesProps) {
    super(scope, id);
    const arn = operators.topic.topicArn;
    const role: Role = operators.roleForRules(events.bus.eventBusName);
    for (const [name, notice] of Object.entries(notices)) {
      const { detailType, description, text } = notice;
      const lines = text((path) => EventField.fromPath(`$.detail.${path}`));
      const input = RuleTargetInput.fromMultilineText(lines.join('\n'));
      const detail = 'detail' in notice ? { detail: notice.detail } : {};
      events.deliver(name, description, { detailType: [detailType], ...detail }, { arn, role, input });
    }
  }
}
