import { Aws, type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  type UserPoolDomain,
  type UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Configuration } from '../configuration/configuration.ts';

/** Whose tokens the API accepts. */
export interface TokenTrust {
  readonly issuer: string;
  readonly audience: readonly string[];
}

/** Resource server → its scopes, described; a token carries them as `<resource>/<scope>`. */
const scopes = {
  transactions: {
    read: 'Read transactions, orders and the redraw worklist',
    reconcile: 'Have Junction asked about a transaction at once',
  },
  orders: { write: 'Register an order when placing it' },
  redraws: { write: 'Acknowledge a redraw' },
  results: { read: 'Read lab results through Junction' },
  quarantine: { write: 'List and replay quarantined webhooks' },
} as const;

export interface TokenIssuerProps {
  readonly configuration: Configuration;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * A Cognito user pool: it hands tokens to programs (client_credentials), and knows the people who may sign in where there
 * is a page for them. Stands in where no OpenID Connect issuer is configured.
 */
export class TokenIssuer extends Construct {
  readonly trust: TokenTrust;
  /** Where tokens are asked for and people sign in. */
  readonly origin: string;
  /** Where its keys and its description are. */
  readonly documentsOrigin: string;
  readonly tokenEndpoint: string;
  readonly userPool: UserPool;
  readonly client: UserPoolClient;
  readonly resourceServers: readonly UserPoolResourceServer[];

  constructor(scope: Construct, id: string, { configuration, removalPolicy }: TokenIssuerProps) {
    super(scope, id);
    this.userPool = this.pool(configuration, removalPolicy);
    this.resourceServers = this.defineScopes();
    this.client = this.machineClient();
    const domain = this.domain(configuration);
    const { region } = Stack.of(this);
    this.origin = `https://${domain.domainName}.auth.${region}.amazoncognito.com`;
    this.documentsOrigin = `https://cognito-idp.${region}.${Aws.URL_SUFFIX}`;
    this.tokenEndpoint = `${this.origin}/oauth2/token`;
    // Cognito leaves "aud" out of such tokens; API Gateway then compares their client_id.
    this.trust = {
      issuer: this.userPool.userPoolProviderUrl,
      audience: [this.client.userPoolClientId],
    };
  }

  /** Nobody signs up: an administrator makes every account, and without a second factor nobody signs in. */
  private pool({ signInThreatProtection }: Configuration, removalPolicy: RemovalPolicy): UserPool {
    const guarded = signInThreatProtection === 'on';
    const pool = new UserPool(this, 'UserPool', {
      selfSignUpEnabled: false,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 16,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      featurePlan: guarded ? FeaturePlan.PLUS : FeaturePlan.ESSENTIALS,
      ...(guarded && { standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION }),
      removalPolicy,
    });
    if (!guarded) {
      Validations.of(pool).acknowledge({ id: 'AwsSolutions-COG8', reason: noThreatProtection });
    }
    return pool;
  }

  private defineScopes(): UserPoolResourceServer[] {
    return Object.entries(scopes).map(([identifier, described]) =>
      this.userPool.addResourceServer(`Resource-${identifier}`, {
        identifier,
        scopes: Object.entries(described).map(
          ([scopeName, scopeDescription]) => new ResourceServerScope({ scopeName, scopeDescription }),
        ),
      }),
    );
  }

  private machineClient(): UserPoolClient {
    const client = this.userPool.addClient('MachineClient', {
      generateSecret: true,
      authFlows: {},
      oAuth: {
        flows: { clientCredentials: true },
        scopes: Object.entries(scopes).flatMap(([resource, described]) =>
          Object.keys(described).map((name) => OAuthScope.custom(`${resource}/${name}`)),
        ),
      },
    });
    // Scopes are named by text, so CloudFormation cannot see that the client needs them to exist.
    client.node.addDependency(...this.resourceServers);
    return client;
  }

  /** Cognito serves the token endpoint below a prefix that nobody else in the region may have: hence the account. */
  private domain({ stage, tokenDomainPrefix }: Configuration): UserPoolDomain {
    return this.userPool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: tokenDomainPrefix ?? `redraw-tracker-${stage}-${Aws.ACCOUNT_ID}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
  }
}

const noThreatProtection =
  'Threat protection belongs to the Plus plan, which is paid per person and month: signInThreatProtection switches it on. Without it, accounts are made by administrators only, and every sign-in takes a password of 16 characters and a one-time code.';
