import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { DomainEventBus } from '../events/event-bus.ts';
import { functionsIn } from '../functions/functions-in.ts';
import { Alarms } from './alarms.ts';
import { addApiAlarms, addSignInAlarms } from './api-alarms.ts';
import { CorrelationQuery } from './correlation-query.ts';
import { type MonitoredParts, OperationsDashboard } from './operations-dashboard.ts';
import { addRedriveAlarms } from './redrive-alarms.ts';
import { addOutboxAlarms, addProjectionAlarms } from './stream-alarms.ts';
import { addWebhookAlarms } from './webhook-alarms.ts';
import { addDeadLetterAlarms, addReviewAlarms, addSweepAlarms } from './worklist-alarms.ts';

export interface MonitoringProps extends MonitoredParts {
  /** Receives the alarms. */
  readonly topic: ITopic;
  readonly events: DomainEventBus;
}

/** Alarms on every capability, and a CloudWatch dashboard that shows their metrics. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { configuration } = props;
    const alarms = new Alarms(this, 'Alarms', props.topic);
    addWebhookAlarms(alarms, configuration, props.webhook);
    addProjectionAlarms(alarms, props.projection, configuration.projectionLagMinutes);
    addApiAlarms(alarms, props);
    if (props.people) addSignInAlarms(alarms, props.people);
    addSweepAlarms(alarms, configuration, props.sweep);
    addOutboxAlarms(alarms, props.outbox, configuration.projectionLagMinutes);
    addRedriveAlarms(alarms, configuration, props.redrive);
    addReviewAlarms(alarms, configuration, props.review);
    addDeadLetterAlarms(alarms, props.deadLetters);
    // Without its own stack, the function of the sign-in is below the scope too.
    const signIn = props.people ? [props.people.function] : [];
    const functions = [...new Set([...functionsIn(scope), ...signIn])];
    const logGroups = [props.api.accessLog, ...functions.map(({ logGroup }) => logGroup), props.events.log];
    new CorrelationQuery(this, 'CorrelationQuery', { logGroups });
    new OperationsDashboard(this, 'Dashboard', { ...props, alarms: alarms.all });
  }
}
