import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { DomainEventBus } from './event-bus.ts';
import type { OperatorsTopic } from './operators-topic.ts';

export interface OperatorNotificationsProps {
  readonly events: DomainEventBus;
  readonly operators: OperatorsTopic;
  /** Receives critical results only, so that a pager can subscribe to it alone. */
  readonly criticalResults: OperatorsTopic;
  /** Where operators read the runbook. */
  readonly runbookUrl: string;
}

/**
 * The mail that operators receive for each type of event. It holds Junction's ids only: the ids that a team gives its
 * users could contain a name.
 */
const notifications = {
  CriticalResultReported: {
    detailType: 'Critical Result Reported',
    description: 'redraw-tracker: notify operators of a critical result',
    text: (event: EventFields) => [
      `Junction reported a critical result: order ${event('order_id')}, transaction ${event('transaction_id')} (empty or null means that it is not known yet).`,
      'Someone who may read results must look at it now and acknowledge it.',
    ],
    runbook: 'a-critical-result-was-reported',
  },
  RedrawStale: {
    detailType: 'Redraw Stale',
    description: 'redraw-tracker: notify operators of a stale redraw',
    text: (event: EventFields) => [
      `A redraw is overdue: transaction ${event('transaction_id')}.`,
      `Its stage is ${event('redraw.stage')}, and it was due at ${event('redraw.due_at')}. The redraw order is ${event('redraw.order_id')} (empty or null means that there is none yet).`,
      'Until someone acts, the patient does not get a result.',
    ],
    runbook: 'a-redraw-is-stale',
  },
  RedrawNeedsDecision: {
    detailType: 'Redraw Needs Decision',
    description: 'redraw-tracker: notify operators of a redraw that ended without complete results',
    text: (event: EventFields) => [
      `A redraw ended without complete results: transaction ${event('transaction_id')}, ${event('decision.cause')}.`,
      'Junction takes no further action. A person must decide how the patient gets the missing results.',
    ],
    runbook: 'a-redraw-needs-a-decision',
  },
  OrderStalled: {
    detailType: 'Order Stalled',
    description: 'redraw-tracker: notify operators of a stalled order',
    text: (event: EventFields) => [
      `An order is stalled: order ${event('order_id')}, transaction ${event('transaction_id')}.`,
      `Its stage is ${event('stage')}, and it was due at ${event('due_at')}.`,
      'Unless someone acts, the order may never have a result.',
    ],
    runbook: 'an-order-is-stalled',
  },
  DivergenceOpened: {
    detailType: 'Divergence Opened',
    description: 'redraw-tracker: notify operators of a state that differs from Junction',
    text: (event: EventFields) => [
      `The status of transaction ${event('transaction_id')} differs from Junction's: ours is ${event('status')}, Junction reports ${event('reported_status')}.`,
      'The sweep asks Junction again automatically. Investigate if the difference persists.',
    ],
    runbook: 'a-state-differs-from-junctions',
  },
  TransactionAnomaly: {
    detailType: 'Transaction Anomaly',
    description: 'redraw-tracker: notify operators of an anomaly',
    text: (event: EventFields) => [
      `An anomaly was recorded for transaction ${event('transaction_id')}: ${event('anomaly.code')}, order ${event('anomaly.order_id')}.`,
      'No data was rejected. Check whether the change was intended.',
    ],
    runbook: 'an-anomaly-was-recorded',
    // The first two also occur while webhooks of a transaction arrive out of order, and then resolve themselves. The third is
    // only recorded: events are sorted by time, so no action is needed.
    detail: {
      anomaly: {
        code: [
          { 'anything-but': ['unknown_origin', 'redraw_without_redraw_available', 'events_out_of_order'] },
        ],
      },
    },
  },
  MatchReviewOpened: {
    detailType: 'Match Review Opened',
    description: 'redraw-tracker: notify operators of a result that Junction could not match to an order',
    text: (event: EventFields) => [
      `Junction could not match a result to an order: match review ${event('match_review_id')}, ${event('decision_code')}.`,
      "Until someone decides in Junction's dashboard, the patient may not get this result.",
    ],
    runbook: 'a-match-review-is-open',
  },
} as const;

type EventFields = (path: string) => string;

/**
 * Mails operators about events that need a person. Each line is in quotes, which EventBridge requires around text and
 * passes on. A single string would be one long line, and JSON is minified (docs/project/decisions.md).
 */
export class OperatorNotifications extends Construct {
  constructor(scope: Construct, id: string, props: OperatorNotificationsProps) {
    super(scope, id);
    const { events, operators, criticalResults, runbookUrl } = props;
    for (const [name, notification] of Object.entries(notifications)) {
      const { detailType, description, text, runbook } = notification;
      const field = (path: string) => EventField.fromPath(`$.detail.${path}`);
      const lines = [
        ...text(field),
        // The id that all log lines on the way to this mail have in common.
        `To find the cause of this email, search the logs for the correlation ID ${field('correlation_id')}.`,
        `What to do: ${runbookUrl}#${runbook}`,
      ];
      const input = RuleTargetInput.fromMultilineText(lines.join('\n'));
      const detail = 'detail' in notification ? { detail: notification.detail } : {};
      const pattern = { detailType: [detailType], ...detail };
      const targetOf = ({ topic, roleForRules: role }: OperatorsTopic) => ({
        arn: topic.topicArn,
        role,
        input,
      });
      events.deliver(this, name, { description, pattern, target: targetOf(operators) });
      if (name !== 'CriticalResultReported') continue;
      const paging = `${description}, on a topic of its own`;
      events.deliver(this, `${name}Alone`, {
        description: paging,
        pattern,
        target: targetOf(criticalResults),
      });
    }
  }
}
