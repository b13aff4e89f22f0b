import { Duration } from 'aws-cdk-lib';
import type { EventPattern } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { EventType } from '../../core/domain/events/domain-events.ts';
import { TOPICS_TESTED } from '../../core/events/source.ts';
import type { DeadLetterQueue } from '../functions/dead-letter-queue.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { DomainEventBus } from './event-bus.ts';
import type { OperatorsTopic } from './operators-topic.ts';

export interface OperatorNotificationsProps {
  readonly context: ServiceFunctionContext;
  readonly events: DomainEventBus;
  readonly operators: OperatorsTopic;
  /** Receives critical results and their alarms only, so that a pager can subscribe to it alone. */
  readonly criticalResults: OperatorsTopic;
  readonly deadLetters: DeadLetterQueue;
  /** The URL that the paths of pages follow: of the dashboard, or of the API if there is none. */
  readonly pagesUrl: string;
}

/** Mailed even while the deployment only watches. */
const critical: EventType = 'Critical Result Reported';

const needPerson: readonly EventType[] = [
  critical,
  'Redraw Stale',
  'Redraw Needs Decision',
  'Order Failed',
  'Order Stalled',
  'Divergence Opened',
  'Match Review Opened',
];

/**
 * The first two also occur while webhooks of a transaction arrive out of order, and then resolve themselves. The third is
 * only recorded: events are sorted by time, so no action is needed.
 */
const needNobody = ['unknown_origin', 'redraw_without_redraw_available', 'events_out_of_order'];

/**
 * Mails operators about events that need a person. EventBridge could mail them itself, but only with the text of an event as it
 * is, and some of that text comes from outside.
 */
export class OperatorNotifications extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: OperatorNotificationsProps) {
    super(scope, id);
    const { context, events, operators, criticalResults, deadLetters, pagesUrl } = props;
    const { teamId, runbookUrl, watchOnly } = context.configuration;
    this.function = new ServiceFunction(this, 'Mails', {
      context,
      name: 'operator-mails',
      description: 'Mails operators about events that need a person',
      timeout: Duration.minutes(1),
      environment: { PAGES_URL: pagesUrl, RUNBOOK_URL: runbookUrl },
    });
    operators.grantPublish(this.function, 'OPERATORS_TOPIC_ARN');
    criticalResults.grantPublish(this.function, 'CRITICAL_RESULTS_TOPIC_ARN');
    deadLetters.acceptFailuresOf(this.function, Duration.hours(6));
    // An event without a team is of any team, as in the API. History is not news.
    const ours = { historical: [false], ...(teamId !== undefined && { team_id: [teamId, null] }) };
    this.mail(events, 'NeedPerson', 'an event that needs a person', {
      // The test of `redraw-tracker verify` takes the same way, rule and function included.
      detailType: [...(watchOnly === 'on' ? [critical] : needPerson), TOPICS_TESTED],
      detail: ours,
    });
    if (watchOnly === 'on') return;
    this.mail(events, 'Anomaly', 'an anomaly', {
      detailType: ['Transaction Anomaly' satisfies EventType],
      detail: { ...ours, anomaly: { code: [{ 'anything-but': needNobody }] } },
    });
  }

  private mail(events: DomainEventBus, id: string, about: string, pattern: EventPattern): void {
    const { lambda } = this.function;
    const rule = events.deliver(this, id, {
      description: `redraw-tracker: mail operators about ${about}`,
      pattern,
      target: { arn: lambda.functionArn },
    });
    lambda.addPermission(id, {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
  }
}
