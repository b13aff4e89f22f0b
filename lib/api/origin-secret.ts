import { Duration, SecretValue } from 'aws-cdk-lib';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ORIGIN_SECRET_HEADER } from '../../core/http/origin-secret.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import { UnrotatedSecret } from '../storage/unrotated-secret.ts';

/**
 * A secret that CloudFront adds to the requests it forwards, and an authorizer that refuses the others. API Gateway answers
 * 401 itself if the header is missing, and caches the authorizer's result per header value for five minutes.
 * https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html
 */
export class OriginSecret extends Construct {
  readonly function: ServiceFunction;
  readonly authorizer: HttpLambdaAuthorizer;
  /** The headers for CloudFront to add. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, context: ServiceFunctionContext) {
    super(scope, id);
    const secret = this.secret(context);
    this.function = new ServiceFunction(this, 'Entrance', {
      context,
      name: 'entrance',
      description: 'Refuses requests that did not come through CloudFront',
    });
    this.function.readSecret(secret, 'ORIGIN_SECRET_ARN');
    this.authorizer = new HttpLambdaAuthorizer('Origin', this.function.lambda, {
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      identitySource: [`$request.header.${ORIGIN_SECRET_HEADER}`],
      resultsCacheTtl: Duration.minutes(5),
    });
    this.headers = { [ORIGIN_SECRET_HEADER]: referenceTo(secret, context).unsafeUnwrap() };
  }

  private secret({ keys, removalPolicy }: ServiceFunctionContext): Secret {
    return new UnrotatedSecret(this, 'Secret', {
      description: 'What CloudFront sends to the API, so that the API refuses other requests',
      keys,
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy,
      whyNotRotated:
        'CloudFront takes over a new value only in a deployment, which names its version (entranceSecretVersion). docs/operations/entrance.md describes how to rotate it without refusing a request.',
    });
  }
}

/**
 * CloudFormation puts the value into the distribution and not into the template. It reads it again only if the reference
 * changes, so a rotation names the new version.
 */
function referenceTo(secret: Secret, { configuration }: ServiceFunctionContext): SecretValue {
  const { entranceSecretVersion } = configuration;
  return SecretValue.secretsManager(
    secret.secretArn,
    entranceSecretVersion === undefined ? {} : { versionId: entranceSecretVersion },
  );
}
