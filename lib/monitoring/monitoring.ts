import { Annotations, Stack, Token } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { serviceName } from '../configuration/configuration.ts';
import type { DomainEventBus } from '../events/event-bus.ts';
import { functionsIn } from '../functions/functions-in.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { Label } from '../setting/setting-label.ts';
import { labelFor } from '../setting/setting-label.ts';
import { Alarms } from './alarms/alarms.ts';
import { addApiAlarms, addSignInAlarms } from './alarms/api-alarms.ts';
import { addCloudFrontAlarms } from './alarms/cloudfront-alarms.ts';
import { addCriticalResultAlarms } from './alarms/critical-result-alarms.ts';
import { addFunctionAlarms, type WaitingFor } from './alarms/function-alarms.ts';
import { addRedriveAlarms, addSubscriberAlarm } from './alarms/redrive-alarms.ts';
import { addRefusalAlarms, RefusalCounters } from './alarms/refusal-alarms.ts';
import {
  addOperatorMailAlarms,
  addOwnerMailAlarms,
  addReviewAlarms,
  addSweepAlarms,
  addUndeliveredAlarms,
} from './alarms/schedule-alarms.ts';
import { addOutboxAlarms, addProjectionAlarms } from './alarms/stream-alarms.ts';
import { addTableAlarms } from './alarms/table-alarms.ts';
import { addWebhookAlarms } from './alarms/webhook-alarms.ts';
import { CorrelationQuery } from './correlation-query.ts';
import { type MonitoredParts, OperationsDashboard } from './operations-dashboard.ts';

export interface MonitoringProps extends MonitoredParts {
  /** Receives the alarms. */
  readonly topic: ITopic;
  /** Receives critical results and their alarms. */
  readonly criticalResultsTopic: ITopic;
  readonly events: DomainEventBus;
  /** What only people invoke. */
  readonly byHand: readonly { readonly function: ServiceFunction }[];
}

const pathInMails = (label: Label) =>
  `The mails of alarms name the runbook by its path in the repository, which nobody can open from a mail. Set ${label('runbookUrl')} to the https URL at which operators read docs/operations/runbook.md.`;

/** Alarms on every capability, a CloudWatch dashboard that shows their metrics, and a query over all logs. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { topic, context } = props;
    const { configuration } = context;
    const { region } = Stack.of(this);
    const { operatorEmail, runbookUrl } = configuration;
    const isPath = !runbookUrl.startsWith('https:') && !Token.isUnresolved(runbookUrl);
    if (operatorEmail && isPath) Annotations.of(this).addInfo(pathInMails(labelFor(this)));
    // Dashboards of all regions share the names of an account.
    const dashboardName = `${serviceName(configuration)}-${region}`;
    const alarms = new Alarms(this, 'Alarms', {
      topic,
      runbookUrl,
      dashboardUrl: `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboardName}`,
    });
    const functions = allFunctions(scope, props);
    this.addAlarms(alarms, props);
    addFunctionAlarms(alarms, waitingFor(functions, props));
    const logGroups = [props.api.accessLog, ...functions.map(({ logGroup }) => logGroup), props.events.log];
    new CorrelationQuery(this, 'CorrelationQuery', { folder: serviceName(configuration), logGroups });
    new OperationsDashboard(this, 'Dashboard', { ...props, dashboardName, alarms: alarms.all });
  }

  private addAlarms(alarms: Alarms, props: MonitoringProps): void {
    const { context, api, webhook } = props;
    const { configuration } = context;
    addWebhookAlarms(alarms, configuration, webhook);
    addProjectionAlarms(alarms, props.projection);
    addApiAlarms(alarms, props);
    addRefusalAlarms(alarms, new RefusalCounters(this, 'Refusals', { configuration, api, webhook }));
    if (props.people) addSignInAlarms(alarms, props.people);
    addSweepAlarms(alarms, configuration, props.sweep);
    addOutboxAlarms(alarms, props.outbox);
    addRedriveAlarms(alarms, configuration, props.redrive);
    addSubscriberAlarm(alarms, configuration, props.redrive, props.criticalResultsTopic);
    addCriticalResultAlarms(alarms, { ...props, configuration });
    addOperatorMailAlarms(alarms, props.notifications, props.criticalResultsTopic);
    addReviewAlarms(alarms, configuration, props.review);
    if (props.ownerMails) addOwnerMailAlarms(alarms, configuration, props.ownerMails);
    for (const capability of props.capabilities) capability.addAlarms(alarms);
    addUndeliveredAlarms(alarms, props.deadLetters, props.topic);
    addTableAlarms(alarms, configuration, [props.table, props.quarantineTable]);
    addCloudFrontAlarms(this, props, context, alarms);
  }
}

/** If the data has no stack of its own, the function of the sign-in is below the scope too, as the first. */
function allFunctions(scope: Construct, { people }: MonitoringProps): ServiceFunction[] {
  return [...new Set([...(people ? [people.function] : []), ...functionsIn(scope)])];
}

/** A function that is in no other group is in the last one, so that none is forgotten. Who invokes one by hand sees its errors. */
function waitingFor(functions: readonly ServiceFunction[], props: MonitoringProps): WaitingFor {
  const { api, webhook, projection, outbox, people, byHand } = props;
  const intake = [webhook, projection, outbox, ...(api.originSecret ? [api.originSecret] : [])].map(
    (part) => part.function,
  );
  const hand = byHand.map((part) => part.function);
  const answers = [...api.functions, ...(people ? [people.function] : [])].filter(
    (fn) => !intake.includes(fn),
  );
  return { intake, answers, jobs: functions.filter((fn) => ![...intake, ...answers, ...hand].includes(fn)) };
}
