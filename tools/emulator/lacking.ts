import { type Change, changeValues, withoutResources, withResources } from './assembly/template.ts';

/** Something that the app uses and the emulator cannot do. */
export interface Lack {
  /** Unique, for messages. */
  readonly name: string;
  /** The emulator's own words. */
  readonly words: string;
  /** Where it says so: to a template with all types of the app, to `probe`, or in the run of an app that was not changed. */
  readonly seen: 'types' | 'probe' | 'run';
  /** A stack that is refused with these words, or has the output `Words` with them. */
  readonly probe?: object;
  /** Changes a template so that the emulator can deploy it. */
  readonly template?: Change;
  /** Changes the code of a function in Python. */
  readonly code?: (source: string) => string;
}

/**
 * All that MiniStack 1.5.33 lacks. Nothing else of what is deployed is changed or left out. The run fails where an entry changes
 * nothing, or where the emulator answers the types or a probe with other words.
 */
export const LACKING: readonly Lack[] = [
  unknownType('AWS::Cognito::ManagedLoginBranding'),
  unknownType('AWS::Events::ApiDestination'),
  unknownType('AWS::Events::Archive'),
  unknownType('AWS::Events::Connection'),
  unknownType('AWS::EventSchemas::Registry'),
  unknownType('AWS::EventSchemas::Schema'),
  unknownType('AWS::Logs::Delivery'),
  unknownType('AWS::Logs::DeliveryDestination'),
  unknownType('AWS::Logs::DeliverySource'),
  unknownType('AWS::Logs::QueryDefinition'),
  unknownType('AWS::SMSVOICE::ConfigurationSet'),
  unknownType('AWS::WAFv2::IPSet'),
  {
    name: 'Alarms with metric math',
    words:
      'AWS::CloudWatch::Alarm Properties.Metrics (metric math) is not supported; use MetricName and Namespace.',
    seen: 'probe',
    probe: {
      Resources: {
        Probe: {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: {
            ComparisonOperator: 'GreaterThanThreshold',
            EvaluationPeriods: 1,
            Threshold: 0,
            Metrics: [{ Id: 'sum', Expression: '1 + 1' }],
          },
        },
      },
    },
    template: withoutResources(
      ({ Type, Properties }) => Type === 'AWS::CloudWatch::Alarm' && Properties?.Metrics !== undefined,
    ),
  },
  {
    name: 'The URL of a user pool',
    words: 'Requested attribute ProviderURL does not exist in schema for AWS::Cognito::UserPool',
    seen: 'probe',
    probe: {
      Resources: { Probe: { Type: 'AWS::Cognito::UserPool', Properties: {} } },
      Outputs: { Words: { Value: { 'Fn::GetAtt': ['Probe', 'ProviderURL'] } } },
    },
    template: (template) =>
      changeValues(template, ({ 'Fn::GetAtt': attribute }) =>
        Array.isArray(attribute) && attribute[1] === 'ProviderURL'
          ? { 'Fn::Sub': `https://cognito-idp.\${AWS::Region}.amazonaws.com/\${${attribute[0]}}` }
          : undefined,
      ),
  },
  {
    // Ref of a secret is its name instead of its ARN, so no policy that names it by Ref allows anything.
    name: 'Ref of a secret',
    words: 'emulator-probe-Secret',
    seen: 'probe',
    probe: {
      Resources: { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: {} } },
      Outputs: { Words: { Value: { Ref: 'Secret' } } },
    },
    template: (template) =>
      changeValues(template, ({ Ref: id }) =>
        template.Resources[String(id)]?.Type === 'AWS::SecretsManager::Secret'
          ? { 'Fn::GetAtt': [id, 'Id'] }
          : undefined,
      ),
  },
  {
    // It passes the name of the attribute instead of the time.
    name: 'The time in the input of a schedule',
    words: '{"time":"<aws.scheduler.scheduled-time>"}',
    seen: 'run',
    template: withResources('AWS::Scheduler::Schedule', (schedule, { startedAt }) => {
      const target = schedule.Properties?.Target as Readonly<Record<string, unknown>>;
      const Input = String(target.Input).replace('<aws.scheduler.scheduled-time>', startedAt);
      return Input === target.Input
        ? schedule
        : { ...schedule, Properties: { ...schedule.Properties, Target: { ...target, Input } } };
    }),
  },
  {
    // A policy that allows one log stream allows nothing: the emulator compares it with the log group.
    name: 'Log streams in policies',
    words:
      'is not authorized to perform: logs:PutLogEvents on resource: arn:aws:logs:us-east-1:111122223333:log-group:<name> because no identity-based policy allows the logs:PutLogEvents action',
    seen: 'run',
    template: (template) => changeValues(template, ({ 'Fn::Join': join }) => logGroupOfStream(join)),
  },
  {
    name: 'APIs as origins of CloudFront',
    words: 'Origin unreachable for distribution=<id> origin=<api>.execute-api.us-east-1.amazonaws.com',
    seen: 'run',
    template: (template, { port }) =>
      changeValues(template, (origin) => {
        const api = apiAt(origin.DomainName);
        if (api === undefined) return undefined;
        return {
          ...origin,
          DomainName: 'localhost',
          OriginPath: { 'Fn::Join': ['', ['/_aws/execute-api/', api, '/$default']] },
          CustomOriginConfig: { HTTPPort: port, OriginProtocolPolicy: 'http-only' },
        };
      }),
  },
  {
    // All requests are plain HTTP on loopback.
    name: 'TLS',
    words:
      'is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::cdk-hnb659fds-assets-111122223333-us-east-1" with an explicit deny in a resource-based policy',
    seen: 'run',
    template: (template) =>
      changeValues(template, ({ Statement: statements, ...policy }) =>
        Array.isArray(statements) && statements.some(isAboutTls)
          ? { ...policy, Statement: statements.filter((one) => !isAboutTls(one)) }
          : undefined,
      ),
  },
  {
    name: 'Layers at /opt',
    words: "[Errno 2] No such file or directory: '/opt/awscli/aws'",
    seen: 'run',
    code: (source) =>
      source
        .replace(
          '"/opt/awscli/aws"',
          'os.environ["_LAMBDA_LAYERS_DIRS"].split(os.pathsep)[0] + "/awscli/aws"',
        )
        .replace('check_call([aws] ', 'check_call([__import__("sys").executable, aws] '),
  },
  {
    // What a child of a function prints to stdout is taken for the answer of the function, and the custom resource waits an hour.
    name: 'Children of functions that print',
    words: 'No JSON response from worker after 200 lines',
    seen: 'run',
    code: (source) => source.replace(' + list(args))', ' + list(args), stdout=2)'),
  },
];

/** Resources of a type that the emulator does not know, which are left out. */
function unknownType(name: string): Lack {
  return {
    name,
    words: `Template format error: Unrecognized resource types: [${name}]`,
    seen: 'types',
    template: withoutResources(({ Type }) => Type === name),
  };
}

/** The ARN without what follows the log group. */
function logGroupOfStream(join: unknown): unknown {
  if (!Array.isArray(join) || !Array.isArray(join[1])) return undefined;
  const [separator, parts] = join as [string, unknown[]];
  const at = parts.findIndex((part) => typeof part === 'string' && part.startsWith(':log-stream:'));
  return at === -1 ? undefined : { 'Fn::Join': [separator, parts.slice(0, at)] };
}

/** The reference to the API whose address this is. */
function apiAt(domainName: unknown): unknown {
  const [, parts] = (domainName as { 'Fn::Join'?: [string, unknown[]] } | undefined)?.['Fn::Join'] ?? [];
  return String(parts?.[1]).startsWith('.execute-api.') ? parts?.[0] : undefined;
}

function isAboutTls({ Effect, Condition }: { Effect: unknown; Condition?: object }): boolean {
  return Effect === 'Deny' && /aws:SecureTransport|s3:TlsVersion/.test(JSON.stringify(Condition ?? {}));
}
