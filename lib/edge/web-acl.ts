import { CrossStackReferences, ReferenceStrength, Validations } from 'aws-cdk-lib';
import { CfnIPSet, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { Configuration } from '../configuration/configuration.ts';
import { ipVersion } from '../configuration/keys/entrance-keys.ts';

type Statement = CfnWebACL.StatementProperty;

/** The window of the rate limit, in seconds, and how many requests of an address fit: 20 per second, which no group of people needs. */
const WINDOW = 300;
const REQUESTS_PER_ADDRESS = 6_000;

/**
 * The requests that may reach the entrance. The first matching rule decides:
 *
 * 1. Denied addresses are blocked.
 * 2. The senders of webhooks may deliver, without a limit. API Gateway still throttles the route.
 * 3. Other addresses may not send webhooks.
 * 4. An address with too many requests is blocked until it has fewer.
 *
 * A web ACL for CloudFront, and the sets of addresses it uses, must be in us-east-1.
 * https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html
 */
export class WebAcl extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id);
    const { entranceWebhookSenders = [], entranceDeniedAddresses = [] } = configuration;
    const toWebhook = pathBegins('/webhooks/');
    const fromSender = this.addresses('Senders', entranceWebhookSenders);
    const denied = entranceDeniedAddresses.length > 0;
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'CLOUDFRONT',
      description: 'redraw-tracker: limits who may send webhooks, and how many requests an address may send',
      defaultAction: { allow: {} },
      rules: [
        ...(denied ? [rule('denied', 0, 'block', this.addresses('Denied', entranceDeniedAddresses))] : []),
        rule('webhook-senders', 1, 'allow', { andStatement: { statements: [toWebhook, fromSender] } }),
        rule('other-senders', 2, 'block', toWebhook),
        rule('rate', 3, 'block', {
          rateBasedStatement: {
            aggregateKeyType: 'IP',
            limit: REQUESTS_PER_ADDRESS,
            evaluationWindowSec: WINDOW,
          },
        }),
      ],
      visibilityConfig: visibility('all'),
    });
    Validations.of(acl).acknowledge({
      id: 'HIPAA.Security-WAFv2LoggingEnabled',
      reason:
        'The log of the web ACL has all headers of a request, tokens included. Its metrics count what each rule decided, and CloudFront’s own log has every request with its status.',
    });
    // Overrides the app's default.
    CrossStackReferences.of(acl).produce(ReferenceStrength.WEAK);
    this.arn = acl.attrArn;
  }

  /** Matches requests from the addresses. A set has addresses of one version. */
  private addresses(id: string, ranges: readonly string[]): Statement {
    const ofVersion = (version: 'IPV4' | 'IPV6', addresses: string[]): Statement[] =>
      addresses.length === 0
        ? []
        : [
            {
              ipSetReferenceStatement: {
                arn: new CfnIPSet(this, `${id}-${version}`, {
                  scope: 'CLOUDFRONT',
                  ipAddressVersion: version,
                  addresses,
                }).attrArn,
              },
            },
          ];
    const statements = [
      ...ofVersion(
        'IPV4',
        ranges.filter((range) => ipVersion(range) === 'IPV4'),
      ),
      ...ofVersion(
        'IPV6',
        ranges.filter((range) => ipVersion(range) === 'IPV6'),
      ),
    ];
    const [only] = statements;
    // AWS WAF refuses a combination of one statement.
    return statements.length === 1 && only ? only : { orStatement: { statements } };
  }
}

/** Decodes and normalizes the path first, as API Gateway does before it looks for the route. */
function pathBegins(searchString: string): Statement {
  return {
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: 'STARTS_WITH',
      searchString,
      textTransformations: [
        { priority: 0, type: 'URL_DECODE' },
        { priority: 1, type: 'NORMALIZE_PATH' },
      ],
    },
  };
}

function rule(
  name: string,
  priority: number,
  action: 'allow' | 'block',
  statement: Statement,
): CfnWebACL.RuleProperty {
  return { name, priority, action: { [action]: {} }, statement, visibilityConfig: visibility(name) };
}

/** No samples: they would show headers and query strings in the console. */
function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
