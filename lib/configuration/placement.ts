import { type IResource, Stack, Token } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Label } from '../setting/setting-label.ts';
import { labelFor } from '../setting/setting-label.ts';
import type { Configuration } from './configuration.ts';
import { ConfigurationError } from './configuration-error.ts';
import { givenConstruct, stacksIn } from './given-construct.ts';
import { regionFault } from './regions.ts';

/** What the deployer gives to the constructs instead of letting them create it, by the name of its prop. */
type GivenResources = Readonly<Record<string, Pick<IResource, 'env'> | undefined>>;

interface Place {
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

/**
 * Checks where the stack is, and whether what it is to use is in its account and region, or in the region of CloudFront. What
 * is known only at deployment is not checked.
 *
 * @throws {ConfigurationError} with a sentence per fault
 */
export function checkPlacement(scope: Construct, configuration: Configuration, given: GivenResources): void {
  const stack = Stack.of(scope);
  const label = labelFor(scope);
  const { messageSmsSender = '' } = configuration;
  const fault = regionFault(stack.region);
  const faults = [
    ...(fault === undefined ? [] : [`The stack ${stack.stackName} is in ${stack.region}. ${fault}`]),
    ...Object.entries(given).flatMap(([name, resource]) => {
      if (resource === undefined) return [];
      // Without TypeScript, an ARN is a likely mistake.
      if (typeof resource === 'string')
        return [`${label(name)} is a text. Import the resource, for example by its ARN.`];
      return differences(label(name), resource.env, stack);
    }),
    ...faultsAtEdge(configuration, stack, label),
    ...circularAddresses(configuration, stack, label),
    // Another account can share its numbers.
    ...differences(label('messageSmsSender'), { region: placeOfArn(messageSmsSender).region }, stack),
  ];
  if (faults.length > 0) throw new ConfigurationError(faults, 'Nothing was synthesized.');
}

/**
 * Checks that the data is where the rest is.
 *
 * @throws {ConfigurationError} if it is in another account or region
 */
export function checkSamePlace(scope: Construct, data: Construct): void {
  const faults = differences('data', Stack.of(data), Stack.of(scope));
  if (faults.length > 0) throw new ConfigurationError(faults, 'Give both stacks the same env.');
}

/** A sentence for each part of a place in which it differs from a stack. */
function differences(subject: string, place: Place, stack: Stack): string[] {
  return (['region', 'account'] as const).flatMap((part) => {
    const [one, other] = [place[part], stack[part]];
    if (one === undefined || one === other || Token.isUnresolved(one) || Token.isUnresolved(other)) return [];
    return [
      `${subject} is in the ${part} ${one}, and the stack ${stack.stackName} is in ${other}. They must be in the same ${part}.`,
    ];
  });
}

/** What is wrong with the certificate and the web ACL. The form of an ARN that is written out says the region. */
function faultsAtEdge(configuration: Configuration, stack: Stack, label: Label): string[] {
  return (['dashboardCertificateArn', 'dashboardWebAclArn'] as const).flatMap((name) => {
    const arn = configuration[name] ?? '';
    const given = givenConstruct(arn);
    // What another resource has as an attribute can be in another region than that resource.
    const own = given?.resource.cfnResourceType.match(/::(Certificate|WebACL)$/) ? given : undefined;
    const region = own?.region ?? EDGE_REGION;
    const isRegional = CfnWebACL.isCfnWebACL(own?.resource) && own.resource.scope === 'REGIONAL';
    return [
      ...(region === EDGE_REGION
        ? []
        : [`${label(name)} is in ${region}. CloudFront uses only what is in ${EDGE_REGION}.`]),
      ...(isRegional
        ? [`${label(name)} has the scope REGIONAL. CloudFront uses only a web ACL with the scope CLOUDFRONT.`]
        : []),
      ...differences(label(name), { account: placeOfArn(arn).account }, stack),
    ];
  });
}

/** The web ACL is in a stack of its own outside EDGE_REGION. The stack of the service depends on it, and not the other way round. */
function circularAddresses(configuration: Configuration, stack: Stack, label: Label): string[] {
  if (stack.region === EDGE_REGION) return [];
  return (['entranceWebhookSenders', 'entranceDeniedAddresses'] as const).flatMap((name) => {
    const isCircular = configuration[name]?.some((range) => stacksIn(range).includes(stack));
    return isCircular
      ? [
          `${label(name)} has an address from the stack ${stack.stackName} itself. Outside ${EDGE_REGION}, the web ACL is in another stack, which needs it before. Give the address a stack of its own.`,
        ]
      : [];
  });
}

const EDGE_REGION = 'us-east-1';

/** Where an ARN that is written out says that it is. */
function placeOfArn(arn: string): Place {
  const [, , , region, account] = arn.startsWith('arn:') && !Token.isUnresolved(arn) ? arn.split(':') : [];
  return { region, account };
}
