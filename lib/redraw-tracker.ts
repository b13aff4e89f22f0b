import { Annotations } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ApiGateway } from './api/api-gateway.ts';
import { HistoryApi } from './api/history-api.ts';
import { OriginSecret } from './api/origin-secret.ts';
import { PeopleApi } from './api/people-api.ts';
import { QuarantineApi } from './api/quarantine-api.ts';
import { QueryApi } from './api/query-api.ts';
import { ReconcileApi } from './api/reconcile-api.ts';
import { ResultsApi } from './api/results-api.ts';
import { capabilities } from './capabilities.ts';
import type { Configuration } from './configuration/configuration.ts';
import { ConfigurationError } from './configuration/configuration-error.ts';
import { checkSamePlace } from './configuration/placement.ts';
import { tagEverything } from './configuration/tags.ts';
import { Dashboard } from './dashboard/dashboard.ts';
import { Entrance } from './edge/entrance.ts';
import { EventDestinations } from './events/event-destinations.ts';
import { EventSchemaRegistry } from './events/event-schema-registry.ts';
import { OperatorNotifications } from './events/operator-notifications.ts';
import { WebhookEndpoint } from './intake/webhook-endpoint.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import { TableExport } from './moving/table-export.ts';
import { TableLoad } from './moving/table-load.ts';
import type { ServiceOutput } from './outputs/service-output.ts';
import { HistoryImport } from './projection/history-import.ts';
import { Projection } from './projection/projection.ts';
import { Rebuild } from './projection/rebuild.ts';
import { RedrawTrackerData, type RedrawTrackerDataProps } from './redraw-tracker-data.ts';
import { OwnerMails } from './review/owner-mails.ts';
import { RedrawReview } from './review/redraw-review.ts';
import { RedrawSweep } from './schedules/redraw-sweep.ts';
import { serviceOutputs } from './service-outputs.ts';
import { type Label, labelFor } from './setting/setting-label.ts';
import { externalIdentityProvider } from './sign-in/identity-provider.ts';
import type { TrustedIssuer } from './sign-in/token-issuer.ts';
import { FailureRedrive } from './streams/failure-redrive.ts';
import { Outbox } from './streams/outbox.ts';

/** Everything that holds state is in a stack of its own, which has the settings too. */
type WithData = { readonly data: RedrawTrackerData } & {
  readonly [Prop in keyof RedrawTrackerDataProps]?: undefined;
};

/** Where everything that holds state is: in a stack of its own, or in this construct. */
export type RedrawTrackerProps = WithData | (RedrawTrackerDataProps & { readonly data?: undefined });

/**
 * Keeps the true state of Junction lab orders and their redraws. Composes the capabilities, each of which defines its own
 * resources. Nothing is in a VPC.
 */
export class RedrawTracker extends Construct {
  /** The webhook endpoint to enter in Junction's dashboard. */
  readonly webhookUrl: string;
  /** The base URL of the API. */
  readonly apiUrl: string;
  /** undefined without a dashboard. */
  readonly dashboardUrl: string | undefined;
  /** Holds orders, transactions and quarantined webhooks. Its layout is internal. */
  readonly table: ITable;
  /** Receives the events. */
  readonly eventBus: IEventBus;
  /** Receives alarms, notifications and reviews. */
  readonly alarmTopic: ITopic;
  /** Receives critical results and their alarms, and nothing else. */
  readonly criticalResultsTopic: ITopic;
  /** Sends events to URLs. */
  readonly events: EventDestinations;
  /** Store the signing secret of the webhook endpoint (`whsec_...`) here. */
  readonly webhookSecret: ISecret;
  /** Store the key for Junction's API here. */
  readonly junctionApiKey: ISecret;
  /** What to print after a deployment, by name. */
  readonly outputs: Readonly<Record<string, ServiceOutput>>;

  constructor(scope: Construct, id: string, props: RedrawTrackerProps = {}) {
    super(scope, id);
    // The CDK leaves "Default" out of logical ids, so they are the same wherever the data is.
    const { data = new RedrawTrackerData(this, 'Default', withoutData(props)) } = props;
    if (props.data) checkBesideData(this, props);
    const { context, table, audit, failures, deadLetters, events, operators, criticalResults } = data;
    const quarantineTable = data.quarantine;
    const { configuration } = context;
    tagEverything(this, configuration);
    const trust = data.issuer?.trust ?? configuredIssuer(configuration);
    const originSecret =
      configuration.entrance === 'on' ? new OriginSecret(this, 'OriginSecret', context) : undefined;
    const api = new ApiGateway(this, 'Http', { ...context, trust, originSecret });
    const webhook = new WebhookEndpoint(this, 'WebhookEndpoint', {
      context,
      api,
      table,
      quarantine: quarantineTable,
      secret: data.webhookSecret.secret,
    });
    const cursorSecret = data.cursorSecret.secret;
    const tokensFrom =
      data.issuer?.tokenEndpoint ?? `${trust.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const query = new QueryApi(this, 'QueryApi', { context, api, table, audit, cursorSecret, tokensFrom });
    const quarantine = new QuarantineApi(this, 'QuarantineApi', {
      context,
      api,
      table,
      quarantine: quarantineTable,
      audit,
      cursorSecret,
    });
    const projection = new Projection(this, 'Projection', { context, table, failures });
    const history = new HistoryApi(this, 'HistoryApi', {
      context,
      api,
      projection,
      operatorsTopic: operators.topic,
    });
    const junctionApiKey = data.junctionApiKey.secret;
    const sweep = new RedrawSweep(this, 'Sweep', { context, table, deadLetters, junctionApiKey });
    const asking = { context, api, table, audit, junctionApiKey };
    const results = new ResultsApi(this, 'ResultsApi', asking);
    const reconcile = new ReconcileApi(this, 'Reconciliation', asking);
    const outbox = new Outbox(this, 'Outbox', { context, table, failures, events });
    const redrive = new FailureRedrive(this, 'Redrive', {
      context,
      table,
      quarantine: quarantineTable,
      failures,
      events,
      deadLetters,
      operators,
      criticalResults: data.criticalResults,
    });
    const junctionWriteKey = data.junctionWriteKey.secret;
    const parts = { context, api, table, audit, events, deadLetters, junctionApiKey, junctionWriteKey };
    const deployed = capabilities
      .filter(({ isOn }) => isOn(configuration))
      .map((capability) => capability.addTo(this, parts));
    const withItems = capabilities.filter(({ rebuilds }) => rebuilds).map(({ name }) => name);
    const rebuild = new Rebuild(this, 'Rebuild', { context, table, deadLetters, parts: withItems });
    const historyImport = new HistoryImport(this, 'Import', { context, table, junctionApiKey });
    const tableExport = new TableExport(this, 'Export', { context, table, audit, parts: withItems });
    const tableLoad = new TableLoad(this, 'Load', { context, table, audit });
    const entrance = originSecret && new Entrance(this, 'Entrance', { context, api });
    const userPool = data.builtPage === undefined ? undefined : data.issuer?.userPool;
    const people = userPool && new PeopleApi(this, 'PeopleApi', { context, api, userPool });
    const dashboard = this.dashboard(data, api, entrance);
    const ownerMails = this.ownerMails(data, dashboard);
    const apiUrl = entrance?.url ?? api.api.apiEndpoint;
    const pagesUrl = dashboard?.url ?? `${apiUrl}/v1`;
    const worklistUrl = `${pagesUrl}/${dashboard ? '' : 'redraws'}`;
    sweep.mailHistory(operators, {
      worklist: worklistUrl,
      criticalResults: `${pagesUrl}/critical-results`,
      runbook: configuration.runbookUrl,
    });
    const toOperators = { context, events, operators, deadLetters };
    const notifications = new OperatorNotifications(this, 'Notices', {
      ...toOperators,
      criticalResults,
      pagesUrl,
    });
    const review = new RedrawReview(this, 'Review', { ...toOperators, table, worklistUrl });
    events.linkTo({ dashboard: dashboard?.url, api: apiUrl });
    this.events = new EventDestinations(this, 'EventDestinations', {
      context,
      bus: events,
      capabilityTypes: capabilities.flatMap(({ events: types = [] }) => types),
    });
    const { eventsTo, eventsToTypes, eventSchemas } = configuration;
    if (eventsTo !== undefined) this.events.sendTo(eventsTo, eventsToTypes);
    if (eventSchemas === 'on') new EventSchemaRegistry(this, 'EventSchemas', context);
    new Monitoring(this, 'Monitoring', {
      context,
      topic: operators.topic,
      criticalResultsTopic: criticalResults.topic,
      table,
      quarantineTable,
      events,
      dashboard,
      entrance,
      people: data.people,
      peopleApi: people,
      api,
      webhook,
      projection,
      query,
      results,
      reconcile,
      quarantine,
      history,
      sweep,
      outbox,
      redrive,
      review,
      notifications,
      ownerMails,
      deadLetters,
      byHand: [historyImport, tableExport, tableLoad],
      capabilities: deployed,
    });
    const outputs = serviceOutputs(data, {
      api,
      webhook,
      rebuild,
      notifications,
      historyImport,
      tableExport,
      tableLoad,
      entrance,
      dashboard,
      capabilities: deployed,
    });
    this.outputs = outputs;
    this.webhookUrl = outputs.WebhookUrl.value;
    this.apiUrl = outputs.ApiUrl.value;
    this.dashboardUrl = dashboard?.url;
    this.table = table.table as ITable;
    this.eventBus = events.bus;
    this.alarmTopic = operators.topic;
    this.criticalResultsTopic = criticalResults.topic;
    this.webhookSecret = data.webhookSecret.secret as ISecret;
    this.junctionApiKey = junctionApiKey as ISecret;
  }

  private ownerMails(data: RedrawTrackerData, dashboard: Dashboard | undefined): OwnerMails | undefined {
    const { context, table, deadLetters } = data;
    const { ownerMailSender: sender, watchOnly } = context.configuration;
    const userPool = data.issuer?.userPool;
    if (watchOnly === 'on' || sender === undefined || !userPool || !dashboard) return undefined;
    const dashboardUrl = dashboard.url;
    return new OwnerMails(this, 'OwnerMails', {
      context,
      table,
      deadLetters,
      sender,
      userPool,
      dashboardUrl,
    });
  }

  private dashboard(data: RedrawTrackerData, api: ApiGateway, entrance?: Entrance): Dashboard | undefined {
    const { context, people, builtPage, pageFiles } = data;
    if (builtPage === undefined) {
      if (context.configuration.dashboard === undefined)
        Annotations.of(this).addInfo(noDashboard(labelFor(this)));
      return undefined;
    }
    const signIn = people ?? externalIdentityProvider(context.configuration);
    if (!signIn) return undefined;
    const dashboard = new Dashboard(this, 'Dashboard', {
      context,
      api,
      signIn,
      entrance,
      builtPage,
      pageFiles,
      capabilitySettings: Object.assign(
        {},
        ...capabilities.map(({ pageSettings }) => pageSettings?.(context.configuration)),
      ),
    });
    if (people) api.acceptTokensFor(dashboard.clientId);
    return dashboard;
  }
}

const noDashboard = (label: Label) =>
  `No dashboard: it is not registered with your issuer. Register it and set ${label('dashboardClientId')} (see docs/deploy.md), or set ${label('dashboard')} to off to hide this message.`;

function withoutData({ data: _, ...props }: RedrawTrackerProps): RedrawTrackerDataProps {
  return props;
}

/** The data has the settings of the whole. Others would have no effect. */
function checkBesideData(scope: Construct, { data, ...others }: WithData): void {
  const names = Object.entries(others).filter(([, value]) => value !== undefined);
  if (names.length > 0) {
    throw new ConfigurationError(
      names.map(([name]) => `${name} has no effect beside data.`),
      'Give it to RedrawTrackerData.',
    );
  }
  checkSamePlace(scope, data);
}

function configuredIssuer({ oidcIssuer, oidcAudience }: Configuration): TrustedIssuer {
  if (!oidcIssuer || !oidcAudience) throw new Error('An issuer needs an audience.');
  return { issuer: oidcIssuer, audience: oidcAudience };
}
