import { Duration } from 'aws-cdk-lib';
import {
  CfnManagedLoginBranding,
  LambdaVersion,
  OAuthScope,
  UserPoolGroup,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { type Group, scopesOfGroup, scopesOfPeople } from '../../functions/sign-in/groups.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { PageAddresses, SignInPlace } from './sign-in-place.ts';
import type { TokenIssuer } from './token-issuer.ts';

export interface PeopleProps {
  readonly context: ServiceFunctionContext;
  readonly issuer: TokenIssuer;
}

const whatGroupsMay: Readonly<Record<Group, string>> = {
  viewers: 'See transactions, orders and the redraw worklist',
  operators: 'Acknowledge redraws and have Junction asked, besides what viewers may',
  clinicians: 'See lab results, besides what viewers may',
  maintainers: 'Replay quarantined webhooks, besides what viewers may',
};

/**
 * People who sign in. An administrator makes their accounts and puts them into groups; what a token of theirs opens
 * follows from the groups alone.
 */
export class People extends Construct implements SignInPlace {
  readonly function: ServiceFunction;
  readonly issuer: string;
  readonly origins: readonly string[];
  readonly endSessionEndpoint: string;
  private readonly tokens: TokenIssuer;

  constructor(scope: Construct, id: string, { context, issuer }: PeopleProps) {
    super(scope, id);
    this.tokens = issuer;
    this.issuer = issuer.trust.issuer;
    // The keys and documents of a pool are at one place, its sign-in is at another.
    this.origins = [issuer.documentsOrigin, issuer.origin];
    this.endSessionEndpoint = `${issuer.origin}/logout`;
    for (const groupName of Object.keys(scopesOfGroup) as Group[]) {
      new UserPoolGroup(this, `Group-${groupName}`, {
        userPool: issuer.userPool,
        groupName,
        description: whatGroupsMay[groupName],
      });
    }
    this.function = new ServiceFunction(this, 'SignIn', {
      context,
      name: 'sign-in',
      description: 'Takes out of a token what the groups of the person do not give',
      // Cognito waits no longer.
      timeout: Duration.seconds(5),
    });
    issuer.userPool.addTrigger(
      UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
      this.function.lambda,
      LambdaVersion.V2_0,
    );
  }

  register({ afterSignIn, afterSignOut }: PageAddresses): string {
    const client = this.tokens.userPool.addClient('DashboardClient', {
      userPoolClientName: 'dashboard',
      // A page can keep no secret: PKCE stands in for it.
      generateSecret: false,
      authFlows: {},
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [
          OAuthScope.OPENID,
          OAuthScope.EMAIL,
          ...scopesOfPeople.map((scope) => OAuthScope.custom(scope)),
        ],
        callbackUrls: [afterSignIn],
        logoutUrls: [afterSignOut],
      },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
      // A stolen one is worth nothing after its next use; a page that lost the answer can ask again for ten seconds.
      refreshTokenRotationGracePeriod: Duration.seconds(10),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
    // Scopes are named by text, so CloudFormation cannot see that the client needs them to exist.
    client.node.addDependency(...this.tokens.resourceServers);
    new CfnManagedLoginBranding(this, 'SignInPage', {
      userPoolId: this.tokens.userPool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    return client.userPoolClientId;
  }
}
