import { Duration } from 'aws-cdk-lib';
import {
  CfnManagedLoginBranding,
  LambdaVersion,
  OAuthScope,
  UserPoolClient,
  UserPoolGroup,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Group } from '../../core/http/groups.ts';
import { availableToPeople } from '../configuration/available-scopes.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { IdentityProvider, PageUrls } from './identity-provider.ts';
import type { TokenIssuer } from './token-issuer.ts';

export interface PeopleProps {
  readonly context: ServiceFunctionContext;
  readonly issuer: TokenIssuer;
}

const groupDescriptions: Readonly<Record<Group, string>> = {
  viewers: 'See transactions, orders and the redraw worklist',
  operators:
    'Acknowledge redraws and reconcile transactions with Junction, in addition to what viewers can do',
  clinicians: 'See lab results, in addition to what viewers can do',
  coordinators:
    'Book appointments, and cancel appointments and orders with Junction, in addition to what viewers can do',
  maintainers:
    'Replay quarantined webhooks and discard what Junction does not know, in addition to what viewers can do',
};

/**
 * The people who sign in to the dashboard. An administrator creates their accounts and assigns groups; the groups alone
 * decide the scopes of their tokens.
 */
export class People extends Construct implements IdentityProvider {
  readonly function: ServiceFunction;
  readonly issuer: string;
  readonly origins: readonly string[];
  readonly endSessionEndpoint: string;
  private readonly tokens: TokenIssuer;
  private readonly scopes: readonly string[];

  constructor(scope: Construct, id: string, { context, issuer }: PeopleProps) {
    super(scope, id);
    this.tokens = issuer;
    this.scopes = availableToPeople(context.configuration);
    this.issuer = issuer.trust.issuer;
    // A user pool serves its keys and discovery document from another origin than its sign-in pages.
    this.origins = [issuer.documentsOrigin, issuer.origin];
    this.endSessionEndpoint = `${issuer.origin}/logout`;
    // All groups, also of what is off: a group that a switch removes comes back without its members.
    for (const [groupName, description] of Object.entries(groupDescriptions)) {
      new UserPoolGroup(this, `Group-${groupName}`, { userPool: issuer.userPool, groupName, description });
    }
    this.function = new ServiceFunction(this, 'SignIn', {
      context,
      name: 'sign-in',
      description: 'Removes scopes from a token that the groups of the person do not grant',
      // Cognito's limit.
      timeout: Duration.seconds(5),
    });
    issuer.userPool.addTrigger(
      UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
      this.function.lambda,
      LambdaVersion.V2_0,
    );
  }

  /**
   * The client must name its flows: by default, Cognito enables REFRESH_TOKEN_AUTH, which it refuses together with the
   * rotation of refresh tokens, and CUSTOM_AUTH. Managed login offers passwords only to a client with a flow for them;
   * SRP is the one in which no password reaches the API of Cognito. Tokens from that API have no scope of ours: the
   * trigger only removes scopes.
   * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
   * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
   * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-managedlogin.html
   */
  registerPage(scope: Construct, { afterSignIn, afterSignOut }: PageUrls): string {
    const client = new UserPoolClient(scope, 'SignInClient', {
      userPool: this.tokens.userPool,
      userPoolClientName: 'dashboard',
      // A page cannot keep a secret; it uses PKCE instead.
      generateSecret: false,
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [
          OAuthScope.OPENID,
          OAuthScope.EMAIL,
          ...this.scopes.map((scope) => OAuthScope.custom(scope)),
        ],
        callbackUrls: [afterSignIn],
        logoutUrls: [afterSignOut],
      },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
      // A stolen refresh token is useless after its next use. A page that lost the response can retry for ten seconds.
      refreshTokenRotationGracePeriod: Duration.seconds(10),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
    // Scopes are plain text, so CloudFormation does not know that they must exist before the client.
    client.node.addDependency(...this.tokens.resourceServers);
    new CfnManagedLoginBranding(scope, 'SignInPage', {
      userPoolId: this.tokens.userPool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    return client.userPoolClientId;
  }
}
