import { Aws, type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  type UserPoolClient,
  type UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';

/** Whose tokens the API accepts. */
export interface TokenTrust {
  readonly issuer: string;
  readonly audience: readonly string[];
}

/** Resource server → its scope; a token carries them as `<resource>/<scope>`. */
const scopes = {
  transactions: { name: 'read', description: 'Read transactions, orders and the redraw worklist' },
  orders: { name: 'write', description: 'Register an order when placing it' },
  redraws: { name: 'write', description: 'Acknowledge a redraw' },
  results: { name: 'read', description: 'Read lab results through Junction' },
  quarantine: { name: 'write', description: 'List and replay quarantined webhooks' },
} as const;

export interface TokenIssuerProps {
  readonly configuration: Configuration;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * A Cognito user pool without users: it only hands tokens to programs (client_credentials).
 * Stands in where no OpenID Connect issuer is configured.
 */
export class TokenIssuer extends Construct {
  readonly trust: TokenTrust;
  readonly tokenEndpoint: string;
  readonly userPool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, { configuration, removalPolicy }: TokenIssuerProps) {
    super(scope, id);
    this.userPool = this.poolWithoutUsers(removalPolicy);
    this.client = this.machineClient();
    const domain = this.domain(configuration);
    const { region } = Stack.of(this);
    this.tokenEndpoint = `https://${domain.domainName}.auth.${region}.amazoncognito.com/oauth2/token`;
    // Cognito leaves "aud" out of such tokens; API Gateway then compares their client_id.
    this.trust = {
      issuer: this.userPool.userPoolProviderUrl,
      audience: [this.client.userPoolClientId],
    };
  }

  private poolWithoutUsers(removalPolicy: RemovalPolicy): UserPool {
    const pool = new UserPool(this, 'UserPool', {
      selfSignUpEnabled: false,
      accountRecovery: AccountRecovery.NONE,
      passwordPolicy: {
        minLength: 16,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      removalPolicy,
    });
    const noUsers =
      'The pool has no users and none can sign up or sign in: its only client is a program with client_credentials.';
    Validations.of(pool).acknowledge(
      { id: 'AwsSolutions-COG2', reason: noUsers },
      { id: 'AwsSolutions-COG3', reason: noUsers },
      { id: 'AwsSolutions-COG8', reason: noUsers },
    );
    return pool;
  }

  private machineClient(): UserPoolClient {
    const servers = Object.entries(scopes).map(([identifier, { name, description }]) =>
      this.userPool.addResourceServer(`Resource-${identifier}`, {
        identifier,
        scopes: [new ResourceServerScope({ scopeName: name, scopeDescription: description })],
      }),
    );
    const client = this.userPool.addClient('MachineClient', {
      generateSecret: true,
      authFlows: {},
      oAuth: {
        flows: { clientCredentials: true },
        scopes: Object.entries(scopes).map(([resource, { name }]) =>
          OAuthScope.custom(`${resource}/${name}`),
        ),
      },
    });
    // Scopes are named by text, so CloudFormation cannot see that the client needs them to exist.
    client.node.addDependency(...servers);
    return client;
  }

  /** Cognito serves the token endpoint below a prefix that nobody else in the region may have: hence the account. */
  private domain({ stage, tokenDomainPrefix }: Configuration): UserPoolDomain {
    return this.userPool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: tokenDomainPrefix ?? `redraw-tracker-${stage}-${Aws.ACCOUNT_ID}` },
    });
  }
}
