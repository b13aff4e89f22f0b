import { Stack } from 'aws-cdk-lib';
import type { ServiceFunction } from '../functions/service-function.ts';

/** The identities that allow sending from an address: itself and its domain, with the domains above that. */
export function identitiesOf(address: string): string[] {
  const labels = address.slice(address.indexOf('@') + 1).split('.');
  const domains = labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'));
  return [address, ...domains];
}

/**
 * Permits sending from one address with one configuration set. SES asks for permission on the configuration set, on the identity
 * that it sends from and, while the account is in the sandbox, on that of each recipient, which nobody knows before. So the
 * address of the sender is the limit, and not the identity.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html
 * https://github.com/GSA/data.gov/issues/3810
 */
export function permitSending(
  fn: ServiceFunction,
  { sender, configurationSetName }: { readonly sender: string; readonly configurationSetName: string },
): void {
  const arn = (resource: string, resourceName: string) =>
    Stack.of(fn).formatArn({ service: 'ses', resource, resourceName });
  const identities = arn('identity', '*');
  fn.permit({
    actions: ['ses:SendEmail'],
    resources: [identities, arn('configuration-set', configurationSetName)],
    conditions: { StringEquals: { 'ses:FromAddress': sender } },
  });
  fn.acknowledgeWildcard(
    identities,
    'In its sandbox, SES also asks for permission on the identities of the recipients. The condition limits the sender to one address.',
  );
}
