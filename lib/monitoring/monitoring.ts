import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { addApiAlarms, addSignInAlarms } from './api-alarms.ts';
import { type MonitoredParts, OperationsDashboard } from './operations-dashboard.ts';
import { addRedriveAlarms } from './redrive-alarms.ts';
import { addOutboxAlarms, addProjectionAlarms } from './stream-alarms.ts';
import { addWebhookAlarms } from './webhook-alarms.ts';
import { addDeadLetterAlarms, addReviewAlarms, addSweepAlarms } from './worklist-alarms.ts';

export interface MonitoringProps extends MonitoredParts {
  /** Receives the alarms. */
  readonly topic: ITopic;
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
    new OperationsDashboard(this, 'Dashboard', { ...props, alarms: alarms.all });
  }
}
