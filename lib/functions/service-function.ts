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
import type { FunctionCode } from '../bundling/function-bundles.ts';
import { type Configuration, clockSettings } from '../configuration/configuration.ts';
import { version } from '../configuration/version.ts';
import type { EncryptionKeys } from '../storage/encryption-keys.ts';

/** Where the functions' own metrics go. By stage: two stages in one account must not trip each other's alarms. */
export function metricsNamespace({ stage }: Configuration): string {
  return `RedrawTracker/${stage}`;
}

/** What every function of the stack is built with. */
export interface ServiceFunctionContext {
  readonly configuration: Configuration;
  readonly functionCode: FunctionCode;
  readonly keys: EncryptionKeys;
  /** For everything that holds data or evidence. */
  readonly removalPolicy: RemovalPolicy;
}

/** Anything of a Lambda function may be given; what is not comes from the defaults of the house. */
export interface ServiceFunctionProps
  extends Partial<Omit<FunctionProps, 'code' | 'functionName' | 'handler' | 'logGroup' | 'role'>> {
  readonly context: ServiceFunctionContext;
  /** Its folder under functions/, and how it signs its logs and metrics. */
  readonly name: string;
}

/**
 * A function with its own role, which can do nothing but write its own log until it is permitted more.
 * Permissions are spelled out by action and resource; the wide grants of the library are not used.
 */
export class ServiceFunction extends Construct {
  readonly name: string;
  readonly lambda: LambdaFunction;
  readonly logGroup: LogGroup;
  private readonly configuration: Configuration;
  private readonly permissions: ManagedPolicy;

  constructor(scope: Construct, id: string, { context, name, environment, ...props }: ServiceFunctionProps) {
    super(scope, id);
    const { configuration, functionCode, keys, removalPolicy } = context;
    this.name = name;
    this.configuration = configuration;
    this.logGroup = new LogGroup(this, 'Log', {
      encryptionKey: keys.operations,
      retention: configuration.logRetentionDays as RetentionDays,
      removalPolicy,
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `redraw-tracker ${name} function`,
    });
    // A policy of its own, not inline in the role: it can be read, versioned and audited as one document.
    this.permissions = new ManagedPolicy(this, 'Permissions', {
      description: `What the redraw-tracker ${name} function may do`,
      roles: [role],
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
      // No tracing: its library would double the load time of a small function, and ids in the logs already tie a
      // webhook to its write and its projection.
      ...props,
      code: functionCode(name),
      handler: 'index.handler',
      logGroup: this.logGroup,
      role,
      environment: {
        SERVICE_NAME: name,
        SERVICE_VERSION: version,
        METRICS_NAMESPACE: metricsNamespace(configuration),
        LOG_LEVEL: configuration.logLevel,
        ...environment,
      },
    });
    // Whatever starts the function (a stream, a schedule) must find its permissions in place.
    this.lambda.node.addDependency(this.permissions);
    this.acknowledgeFindings();
  }

  /** Allows the function what the statement says, and nothing around it. */
  permit(statement: PolicyStatementProps): void {
    this.permissions.addStatements(new PolicyStatement(statement));
  }

  /** Allows the use of a key, but only through the named AWS service (`dynamodb`, `s3`, …). */
  permitKey(key: IKey, service: string, actions: string[]): void {
    this.permit({
      actions,
      resources: [key.keyArn],
      conditions: {
        StringEquals: { 'kms:ViaService': `${service}.${Stack.of(this).region}.amazonaws.com` },
      },
    });
  }

  /** Lets the function read the secret and tells it, in the environment, which one it is; never what it says. */
  readSecret(secret: Secret, variable: string): void {
    this.permit({ actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn] });
    if (secret.encryptionKey) this.permitKey(secret.encryptionKey, 'secretsmanager', ['kms:Decrypt']);
    this.lambda.addEnvironment(variable, secret.secretArn);
  }

  /** Tells the function the clocks. Whoever works out when a redraw is due must go by the same ones. */
  tellClocks(): void {
    for (const [variable, key] of Object.entries(clockSettings)) {
      this.lambda.addEnvironment(variable, this.configuration[key]);
    }
  }

  /** Says why a resource with a wildcard, as cdk-nag prints it, is as narrow as it can be. */
  acknowledgeWildcard(resource: string, reason: string): void {
    Validations.of(this.permissions).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
  }

  private acknowledgeFindings(): void {
    Validations.of(this.lambda).acknowledge(
      {
        id: 'HIPAA.Security-LambdaConcurrency',
        reason:
          'A reserved share fails to deploy in a new account, whose limit is ten. The stream’s shards, or the throttling of the API’s routes, bound concurrency; the webhook can be given a share by configuration.',
      },
      {
        id: 'HIPAA.Security-LambdaDLQ',
        reason:
          'What calls the function keeps what failed: HTTP callers see the error and retry, stream records go to the failure bucket whole, and runs of schedules go to the dead-letter queue as the on-failure destination, which tells more.',
      },
      {
        id: 'HIPAA.Security-LambdaInsideVPC',
        reason:
          'The function talks to public AWS endpoints over TLS with its own role and nothing listens in a VPC. A VPC would add NAT or endpoints to pay for and to fail, and protect nothing.',
      },
    );
  }
}
