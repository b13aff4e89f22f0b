import { fullDiff, type ResourceDifference, ResourceImpact } from '@aws-cdk/cloudformation-diff';

/** A CloudFormation template. */
export interface StackTemplate {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A change that loses data, or an address or id that others depend on. */
export interface StatefulChange {
  readonly logicalId: string;
  readonly type: string;
  /** What happens to the resource. */
  readonly what: string;
  /** What it means. */
  readonly lost: string;
  /** Whether a roll-back may make the change: it takes back what a later release added, and loses no data but logs. */
  readonly takesBack: boolean;
}

/** What the replacement or removal of a resource of each type means. */
export const STATEFUL_TYPES: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': 'The API gets a new URL. Junction and all programs still call the old one.',
  'AWS::CloudFront::Distribution': 'The dashboard, or the entrance to the API, gets a new URL.',
  'AWS::Cognito::UserPool':
    'The service loses all user accounts with their second factors, and its tokens get a new issuer.',
  'AWS::Cognito::UserPoolClient':
    'The client gets a new ID and secret. Programs that use the old ones get no tokens.',
  'AWS::Cognito::UserPoolDomain': 'The token endpoint and the sign-in page get new URLs.',
  'AWS::Cognito::UserPoolGroup':
    'The group loses its members. Nobody has its permissions until each of them is added again.',
  'AWS::Cognito::UserPoolResourceServer':
    'Cognito takes its scopes from all clients, and issues no token with one of them.',
  'AWS::DynamoDB::GlobalTable': 'The service loses all orders and transactions, or the quarantined webhooks.',
  'AWS::DynamoDB::Table': 'The service loses all orders and transactions, or the quarantined webhooks.',
  'AWS::Events::Archive': 'The service loses the events that can be replayed.',
  'AWS::Events::EventBus': 'The rules of other programs on the bus receive no more events.',
  'AWS::KMS::Key': 'Once the key is deleted, nothing can decrypt what it encrypted.',
  'AWS::Logs::LogGroup': 'The service loses the logs in it.',
  'AWS::Logs::LogStream': 'The service loses the entries of the audit trail in it.',
  'AWS::S3::Bucket': 'The service loses the objects in it.',
  'AWS::SecretsManager::Secret':
    'The service loses the value that was stored, such as the signing secret or the key for Junction’s API.',
  'AWS::SNS::Subscription':
    'The subscriber gets nothing more. A new subscriber gets nothing until it confirms its subscription.',
  'AWS::SNS::Topic':
    'The service loses the subscriptions. Nobody gets alarms until each subscription is confirmed again.',
  'AWS::SQS::Queue': 'The service loses the messages in it.',
};

/**
 * Compares the deployed template with the one to deploy, and finds the changes that nobody should make by accident. The
 * replacement or removal of a stateful resource is one of them even if the old resource is retained: the service then uses a
 * new and empty one.
 */
export function statefulChanges(deployed: StackTemplate, next: StackTemplate): StatefulChange[] {
  const found: StatefulChange[] = [];
  const { resources } = fullDiff(deployed, next);
  const added = new Set<string | undefined>();
  resources.forEachDifference((_, change) => {
    if (change.isAddition) added.add(change.newResourceType);
  });
  resources.forEachDifference((logicalId, change) => {
    const type = change.oldResourceType ?? '';
    if (change.isAddition) return;
    const lost = STATEFUL_TYPES[type] ?? '';
    const ofStateful = lost === '' ? [] : [replacement(change), ...weakened(change)];
    const takesBack = isTakenBack(change, added);
    for (const what of [...ofStateful, indexChanges(change), leftRouteSettings(change), lostScopes(change)])
      if (what !== undefined) found.push({ logicalId, type, lost, takesBack, ...what });
  });
  return found;
}

/** The effect of the change, and what it means if the resource itself is not lost. */
type Happening = { readonly what: string; readonly lost?: string };

const LOG = 'AWS::Logs::LogGroup';

/** What a release can add that holds no data of the service. */
const WITHOUT_DATA = [
  LOG,
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Cognito::UserPoolResourceServer',
  'AWS::SNS::Subscription',
];

/**
 * Whether the change removes what the next template does not know, without a loss. If something of the same type is added, the
 * later release may have moved the data from one to the other, which goes back only by hand.
 */
function isTakenBack(change: ResourceDifference, added: ReadonlySet<string | undefined>): boolean {
  const { oldResourceType: type = '', changeImpact } = change;
  if (type === LOG) return change.isRemoval;
  if (added.has(type)) return false;
  const { WILL_ORPHAN, WILL_DESTROY } = ResourceImpact;
  if (change.isRemoval) {
    return changeImpact === WILL_ORPHAN || (changeImpact === WILL_DESTROY && WITHOUT_DATA.includes(type));
  }
  return lostScopes(change) !== undefined;
}

function replacement(change: ResourceDifference): Happening | undefined {
  switch (change.changeImpact) {
    case ResourceImpact.WILL_DESTROY:
      return { what: 'is removed and deleted' };
    case ResourceImpact.WILL_ORPHAN:
      return { what: 'is removed from the stack; the old one stays in the account' };
    case ResourceImpact.WILL_REPLACE:
      return { what: `is replaced by a new one, because of ${causes(change)}` };
    case ResourceImpact.MAY_REPLACE:
      return { what: `may be replaced by a new one, because of ${causes(change)}` };
    default:
      return undefined;
  }
}

function causes(change: ResourceDifference): string {
  const replacing = Object.entries(change.propertyUpdates).filter(([, { changeImpact }]) =>
    [ResourceImpact.WILL_REPLACE, ResourceImpact.MAY_REPLACE].includes(
      changeImpact ?? ResourceImpact.NO_CHANGE,
    ),
  );
  return replacing.map(([name]) => name).join(', ') || 'its type';
}

const PROTECTIONS = ['DeletionProtection', 'DeletionProtectionEnabled'];

/** Protections that a later mistake would need. */
function weakened({ oldValue, newValue }: ResourceDifference): Happening[] {
  if (!oldValue || !newValue) return [];
  const policies = (['DeletionPolicy', 'UpdateReplacePolicy'] as const)
    .filter((name) => oldValue[name] === 'Retain' && newValue[name] !== 'Retain')
    .map((name) => `is no longer retained (${name})`);
  const protections = PROTECTIONS.filter((name) => {
    const [before, after] = [oldValue.Properties?.[name], newValue.Properties?.[name]];
    return isOn(before) && !isOn(after);
  }).map((name) => `loses its protection (${name})`);
  return [...policies, ...protections].map((what) => ({ what }));
}

const isOn = (value: unknown) => value === true || value === 'true' || value === 'ACTIVE';

/**
 * CloudFormation creates or deletes one index of a table per update, and fails otherwise.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
 */
function indexChanges({ oldValue, newValue }: ResourceDifference): Happening | undefined {
  if (!oldValue || !newValue) return undefined;
  const [before, after] = [indexesOf(oldValue.Properties), indexesOf(newValue.Properties)];
  const changed = [...before]
    .filter((name) => !after.has(name))
    .concat([...after].filter((name) => !before.has(name)));
  if (changed.length < 2) return undefined;
  return {
    what: `changes ${changed.length} indexes at once (${changed.join(', ')})`,
    lost: 'The update fails, because CloudFormation creates or deletes only one index per update. Deploy the intermediate versions first.',
  };
}

function indexesOf(properties: Record<string, unknown> | undefined): Set<string> {
  const indexes = (properties?.GlobalSecondaryIndexes ?? []) as { IndexName?: string }[];
  return new Set(indexes.map(({ IndexName = '' }) => IndexName));
}

/**
 * CloudFormation removes no settings of a route, and once the route is gone, API Gateway refuses every further change of the
 * stage: "Unable to find Route by key … within the provided RouteSettings".
 * https://github.com/aws/serverless-application-model/issues/1939
 */
function leftRouteSettings({ oldValue, newValue }: ResourceDifference): Happening | undefined {
  if (oldValue?.Type !== 'AWS::ApiGatewayV2::Stage' || !newValue) return undefined;
  const after = newValue.Properties?.RouteSettings ?? {};
  const left = Object.keys(oldValue.Properties?.RouteSettings ?? {}).filter((key) => !(key in after));
  if (left.length === 0) return undefined;
  return {
    what: `leaves settings of routes in API Gateway (${left.join(', ')})`,
    lost: 'Once the routes are gone, every further update fails. Remove the settings first: docs/deploy.md, "Settings of routes".',
  };
}

/** Cognito takes a scope that is gone from all clients. */
function lostScopes({ oldValue, newValue }: ResourceDifference): Happening | undefined {
  if (oldValue?.Type !== 'AWS::Cognito::UserPoolResourceServer' || !newValue) return undefined;
  const after = scopesOf(newValue.Properties);
  const gone = scopesOf(oldValue.Properties).filter((name) => !after.includes(name));
  return gone.length === 0 ? undefined : { what: `loses scopes (${gone.join(', ')})` };
}

function scopesOf(properties: Record<string, unknown> | undefined): string[] {
  const scopes = (properties?.Scopes ?? []) as { ScopeName?: string }[];
  return scopes.map(({ ScopeName = '' }) => ScopeName);
}
