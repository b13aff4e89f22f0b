import type { Stack } from 'aws-cdk-lib';
import type { PolicyStatementProps } from 'aws-cdk-lib/aws-iam';

/** The identities that allow sending from an address: itself and its domain, with the domains above that. */
export function identitiesOf(address: string): string[] {
  const labels = address.slice(address.indexOf('@') + 1).split('.');
  const domains = labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'));
  return [address, ...domains];
}

/**
 * Permits sending from one address with one configuration set. The verified identity is the address or a domain above it; SES asks
 * for permission on the one that it uses, and on the configuration set.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html
 */
export function sendingStatement(
  stack: Stack,
  { sender, configurationSetName }: { readonly sender: string; readonly configurationSetName: string },
): PolicyStatementProps {
  const arn = (resource: string, resourceName: string) =>
    stack.formatArn({ service: 'ses', resource, resourceName });
  return {
    actions: ['ses:SendEmail'],
    resources: [
      ...identitiesOf(sender).map((identity) => arn('identity', identity)),
      arn('configuration-set', configurationSetName),
    ],
    conditions: { StringEquals: { 'ses:FromAddress': sender } },
  };
}
