import { Fn, type Stack } from 'aws-cdk-lib';
import type { PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import { isDeployTimeValue, withStandIns } from '../configuration/deploy-time-values.ts';

/**
 * The identities that allow sending from an address: itself and its domain, with the domains above that. Those above a domain that
 * exists only at deployment are not known.
 */
export function identitiesOf(address: string): string[] {
  if (isDeployTimeValue(address)) return [address, Fn.select(1, Fn.split('@', address))];
  // A label above the value, because the last label alone is no domain.
  const { text, restore } = withStandIns(address, (index) => `value${index}.above`);
  const labels = text.slice(text.indexOf('@') + 1).split('.');
  const domains = labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'));
  return [address, ...domains.map(restore)];
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
