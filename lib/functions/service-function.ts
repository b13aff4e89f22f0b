import { Duration, type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  ManagedPolicy,
  PolicyStatement,
  type PolicyStatementProps,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  type FunctionProps,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { variableOf } from '../../core/domain/setting-variable.ts';
import type { Team } from '../../core/domain/team.ts';
import type { FunctionCode } from '../bundling/bundles.ts';
import {
  type Configuration,
  clockSettings,
  metricsNamespace,
  serviceName,
} from '../configuration/configuration.ts';
import { TEAMS_FILE } from '../configuration/teams-file.ts';
import { version } from '../configuration/version.ts';
import type { EncryptionKeys } from '../encryption/encryption-keys.ts';
import { acknowledgeWildcard } from './wildcard-findings.ts';

/** What every function of the stack needs. */
export interface ServiceFunctionContext {
  readonly configuration: Configuration;
  /** Of a deployment of several teams; none in one of one team. */
  readonly teams: readonly Team[];
  readonly functionCode: FunctionCode;
  readonly keys: EncryptionKeys;
  /** Applies to everything that holds data or logs. */
  readonly removalPolicy: RemovalPolicy;
}

/** Any property of a Lambda function. It overrides our defaults. */
export interface ServiceFunctionProps
  extends Partial<Omit<FunctionProps, 'code' | 'functionName' | 'handler' | 'logGroup' | 'role'>> {
  readonly context: ServiceFunctionContext;
  /** The folder under functions/. It also names the function in logs and metrics. */
  readonly name: string;
}

/**
 * A function with a role of its own. The role can only write the function's log until more is permitted. Each permission
 * names its actions and resources; the broad grants of the CDK are not used.
 */
export class ServiceFunction extends Construct {
  readonly name: string;
  /** The first part of fixed names, as in the whole deployment. */
  readonly serviceName: string;
  readonly lambda: LambdaFunction;
  readonly logGroup: LogGroup;
  private readonly configuration: Configuration;
  private readonly permissions: ManagedPolicy;
  private readonly role: Role;

  constructor(scope: Construct, id: string, { context, name, environment, ...props }: ServiceFunctionProps) {
    super(scope, id);
    const { configuration, teams, functionCode, keys, removalPolicy } = context;
    this.name = name;
    this.serviceName = serviceName(configuration);
    this.configuration = configuration;
    this.logGroup = new LogGroup(this, 'Log', {
      encryptionKey: keys.operations,
      retention: configuration.logRetentionDays as RetentionDays,
      removalPolicy,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `redraw-tracker ${name} function`,
    });
    // A managed policy rather than an inline one: it can be read, versioned and audited as one document.
    this.permissions = new ManagedPolicy(this, 'Permissions', {
      description: `Permissions of the redraw-tracker ${name} function`,
      roles: [this.role],
    });
    this.permit({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [this.logGroup.logGroupArn],
    });
    this.lambda = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.seconds(10),
      // No tracing: its library would double the load time of a small function, and the ids in the logs already link a
      // webhook to its write and its projection.
      ...props,
      code: functionCode(name),
      handler: 'index.handler',
      logGroup: this.logGroup,
      role: this.role,
      environment: {
        SERVICE_NAME: name,
        SERVICE_VERSION: version,
        METRICS_NAMESPACE: metricsNamespace(configuration),
        LOG_LEVEL: 'INFO',
        ...(teams.length > 0 && { TEAMS: TEAMS_FILE }),
        ...environment,
      },
    });
    // A stream or schedule may invoke the function as soon as it exists: its permissions must exist before.
    this.lambda.node.addDependency(this.permissions);
    this.acknowledgeFindings();
  }

  /** Grants the function exactly this statement. */
  permit(statement: PolicyStatementProps): void {
    this.permissions.addStatements(new PolicyStatement(statement));
  }

  /** Grants it in a policy of its own, which people can read and audit alone. */
  permitApart(id: string, statement: PolicyStatementProps): void {
    const policy = new ManagedPolicy(this, id, {
      description: `More permissions of the redraw-tracker ${this.name} function`,
      roles: [this.role],
      statements: [new PolicyStatement(statement)],
    });
    this.lambda.node.addDependency(policy);
  }

  /** Grants the use of a key, but only through the named AWS service (`dynamodb`, `s3`, …). */
  permitKey(key: IKey, service: string, actions: string[]): void {
    this.permit({
      actions,
      resources: [key.keyArn],
      conditions: {
        StringEquals: { 'kms:ViaService': `${service}.${Stack.of(this).region}.amazonaws.com` },
      },
    });
  }

  /** Grants reading the secret, and passes its ARN in the named environment variable. */
  readSecret(secret: Secret, variable: string): void {
    this.permit({ actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn] });
    if (secret.encryptionKey) this.permitKey(secret.encryptionKey, 'secretsmanager', ['kms:Decrypt']);
    this.lambda.addEnvironment(variable, secret.secretArn);
  }

  /** Passes the clocks in the environment. All functions that compute due times must use the same clocks. */
  addClockVariables(): void {
    for (const name of clockSettings) this.lambda.addEnvironment(variableOf(name), this.configuration[name]);
  }

  /** Passes which facts of Junction's payloads are taken. All functions that read payloads must take the same. */
  addReadingVariables(): void {
    const { keepInterpretation, teamId } = this.configuration;
    this.lambda.addEnvironment('KEEP_INTERPRETATION', keepInterpretation);
    if (teamId !== undefined) this.lambda.addEnvironment('TEAM_ID', teamId);
  }

  /** Passes since when the service watches, or what stores it. */
  addWatchingVariable(): void {
    this.lambda.addEnvironment('WATCHING_SINCE', this.configuration.watchingSince);
  }

  /** States why a wildcard in a permitted resource cannot be narrower. */
  acknowledgeWildcard(resource: string, reason: string): void {
    acknowledgeWildcard(this.permissions, resource, reason);
  }

  private acknowledgeFindings(): void {
    Validations.of(this.lambda).acknowledge(
      {
        id: 'HIPAA.Security-LambdaConcurrency',
        reason:
          'Reserved concurrency fails to deploy in a new account, whose quota is ten. The shards of the stream and the throttling of the API routes bound concurrency; the configuration can reserve concurrency for the webhook and the sweep.',
      },
      {
        id: 'HIPAA.Security-LambdaDLQ',
        reason:
          'Every caller handles failures: HTTP callers see the error and retry, stream records go to the failure bucket, and scheduled runs go to the dead-letter queue as the on-failure destination, which records more details.',
      },
      {
        id: 'HIPAA.Security-LambdaInsideVPC',
        reason:
          'The function calls public AWS endpoints over TLS with its own role, and uses nothing inside a VPC. A VPC would add cost and points of failure (NAT or endpoints) without protecting anything.',
      },
    );
  }
}
