import { Aws, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
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
  type UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { scopesByResource } from '../../core/http/scopes.ts';
import { type Configuration, machineClientsOf } from '../configuration/configuration.ts';
import { configureEmails } from './sign-in-emails.ts';

/** The issuer and the audiences of the tokens that the API accepts. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly audience: readonly string[];
}

export interface TokenIssuerProps {
  readonly configuration: Configuration;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * A Cognito user pool that issues tokens to programs (client_credentials) and to the people who sign in to the dashboard.
 * Used unless an OpenID Connect issuer is configured.
 */
export class TokenIssuer extends Construct {
  readonly trust: TrustedIssuer;
  /** The origin of the token endpoint and the sign-in pages. */
  readonly origin: string;
  /** The origin of the keys and the discovery document. */
  readonly documentsOrigin: string;
  readonly tokenEndpoint: string;
  readonly userPool: UserPool;
  /** The clients of programs, by name. */
  readonly clients: ReadonlyMap<string, UserPoolClient>;
  readonly resourceServers: readonly UserPoolResourceServer[];

  constructor(scope: Construct, id: string, { configuration, removalPolicy }: TokenIssuerProps) {
    super(scope, id);
    this.userPool = this.pool(configuration, removalPolicy);
    this.resourceServers = this.defineScopes();
    this.clients = new Map(
      Object.entries(machineClientsOf(configuration)).map(([name, granted]) => [
        name,
        this.machineClient(name, granted),
      ]),
    );
    const domainPrefix = domainPrefixOf(configuration);
    this.addDomain(domainPrefix);
    const { region } = Stack.of(this);
    // Not the name of the resource: to another stack that would be a weak reference, which is the same text after a change.
    // The CDK CLI skips a stack whose template has not changed, so its pages and outputs would keep the old name.
    this.origin = `https://${domainPrefix}.auth.${region}.amazoncognito.com`;
    this.documentsOrigin = `https://cognito-idp.${region}.${Aws.URL_SUFFIX}`;
    this.tokenEndpoint = `${this.origin}/oauth2/token`;
    // Cognito's access tokens have no "aud" claim; API Gateway then compares client_id.
    this.trust = {
      issuer: this.userPool.userPoolProviderUrl,
      audience: [...this.clients.values()].map(({ userPoolClientId }) => userPoolClientId),
    };
  }

  /** Only administrators create accounts, and every sign-in needs a second factor. */
  private pool(configuration: Configuration, removalPolicy: RemovalPolicy): UserPool {
    const guarded = configuration.signInThreatProtection === 'on';
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
      // Written out: a property that is left out keeps its value, and Cognito refuses the Essentials plan while it is on.
      // https://docs.aws.amazon.com/cognito/latest/developerguide/feature-plans-deactivate.html
      standardThreatProtectionMode: guarded
        ? StandardThreatProtectionMode.FULL_FUNCTION
        : StandardThreatProtectionMode.NO_ENFORCEMENT,
      // Without this, one call to Cognito deletes all accounts and their second factors.
      deletionProtection: removalPolicy === RemovalPolicy.RETAIN,
      removalPolicy,
    });
    configureEmails(pool, configuration);
    if (!guarded) {
      Validations.of(pool).acknowledge({ id: 'AwsSolutions-COG8', reason: noThreatProtection });
    }
    return pool;
  }

  /** All scopes, also of what is off: Cognito would take a scope that a switch removes from every client that has it. */
  private defineScopes(): UserPoolResourceServer[] {
    return [...scopesByResource()].map(([identifier, scopes]) =>
      this.userPool.addResourceServer(`Resource-${identifier}`, {
        identifier,
        scopes: scopes.map(
          ([scopeName, scopeDescription]) => new ResourceServerScope({ scopeName, scopeDescription }),
        ),
      }),
    );
  }

  /** A program with a client of its own: it has its own scopes and secrets, and can be cut off alone. */
  private machineClient(name: string, granted: readonly string[]): UserPoolClient {
    const client = this.userPool.addClient(`Client-${name}`, {
      userPoolClientName: name,
      generateSecret: true,
      // Named so that the CDK writes a list at all: without one, Cognito also enables USER_SRP_AUTH and CUSTOM_AUTH, and
      // people could sign in with this client. What is left is REFRESH_TOKEN_AUTH, which Cognito demands of a client
      // without rotation, and client_credentials issues no refresh token.
      // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
      authFlows: { userSrp: false, userPassword: false, custom: false },
      oAuth: {
        flows: { clientCredentials: true },
        scopes: granted.map((scope) => OAuthScope.custom(scope)),
      },
    });
    // Scopes are plain text, so CloudFormation does not know that they must exist before the client.
    client.node.addDependency(...this.resourceServers);
    return client;
  }

  private addDomain(domainPrefix: string): void {
    this.userPool.addDomain('Domain', {
      cognitoDomain: { domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
  }
}

/** The prefix of the domain must be unique in the region, so the default contains the account id. */
function domainPrefixOf({ stage, tokenDomainPrefix }: Configuration): string {
  return tokenDomainPrefix ?? `redraw-tracker-${stage}-${Aws.ACCOUNT_ID}`;
}

const noThreatProtection =
  'signInThreatProtection is off, which the deployer has chosen: it needs the Plus plan, which costs per person and month. What remains: only administrators create accounts, and every sign-in needs a password of 16 characters and a one-time code.';
