import { Fn, Stack } from 'aws-cdk-lib';
import type { CfnUserPool, UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Configuration } from '../configuration/configuration.ts';
import { DASHBOARD_URL_FIELD } from '../configuration/keys/sign-in-email-keys.ts';
import { isDeployTimeValue } from '../setting/deploy-time-values.ts';

/**
 * Who sends the emails of the user pool, and the text of the invitation. What is not configured stays Cognito's. Cognito sends
 * through SES with a role of its own, which it creates.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html
 */
export function configureEmails(pool: UserPool, configuration: Configuration): void {
  const { signInEmailSender: from, invitationSubject, invitationMessage, dashboardDomain } = configuration;
  const resource = pool.node.defaultChild as CfnUserPool;
  if (from !== undefined) {
    const resourceName = configuration.signInEmailIdentity ?? domainOf(from);
    const sourceArn = Stack.of(pool).formatArn({ service: 'ses', resource: 'identity', resourceName });
    resource.emailConfiguration = { emailSendingAccount: 'DEVELOPER', from, sourceArn };
  }
  if (invitationSubject === undefined && invitationMessage === undefined) return;
  resource.adminCreateUserConfig = {
    allowAdminCreateUserOnly: true,
    inviteMessageTemplate: {
      ...(invitationSubject !== undefined && { emailSubject: invitationSubject }),
      ...(invitationMessage !== undefined && {
        emailMessage: invitationMessage.replaceAll(DASHBOARD_URL_FIELD, `https://${dashboardDomain}`),
      }),
    },
  };
}

const domainOf = (address: string) =>
  isDeployTimeValue(address) ? Fn.select(1, Fn.split('@', address)) : address.slice(address.indexOf('@') + 1);
