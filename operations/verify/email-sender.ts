import { GetAccountCommand, GetEmailIdentityCommand, NotFoundException } from '@aws-sdk/client-sesv2';
import { identitiesOf } from '../../lib/email/email-identities.ts';
import type { Clients, Deployment } from '../deployment/deployment.ts';
import { type Check, type Finding, notSetUp, passed, skipped } from './check.ts';

/** Checks whether Amazon SES can send email to any patient from the configured address. */
export const emailSenderCheck = senderCheck({
  name: 'email sender',
  addressOf: ({ senders }) => senders.email,
  none: 'Messages to patients by email are off.',
  section: 'Messages to patients',
});

/** Checks whether Amazon SES can send the daily owner emails. If it cannot, each of them fails. */
export const ownerMailSenderCheck = senderCheck({
  name: 'owner mail sender',
  addressOf: ({ senders }) => senders.ownerMails,
  none: 'Daily emails to owners are off.',
  section: 'Emails to owners',
});

/** Checks whether Amazon SES can send the invitations and codes of the user pool. If it cannot, nobody can be invited. */
export const signInEmailSenderCheck = senderCheck({
  name: 'sign-in email sender',
  addressOf: ({ senders }) => senders.signIn,
  none: 'Cognito sends invitations and codes from its own address.',
  section: 'Invitations and codes',
});

interface SenderOptions {
  readonly name: string;
  addressOf(deployment: Deployment): string | undefined;
  /** The message if no address is configured. */
  readonly none: string;
  /** The section of docs/deploy.md. */
  readonly section: string;
}

function senderCheck({ name, addressOf, none, section }: SenderOptions): Check {
  return {
    name,
    permissions: ['ses:GetEmailIdentity', 'ses:GetAccount'],
    async look(deployment) {
      const { clients, isLocal } = deployment;
      const address = addressOf(deployment);
      if (address === undefined) return skipped(none);
      if (isLocal) return skipped('The local stack delivers emails to /inbox.');
      const identity = await verifiedIdentity(clients, address);
      if (identity === undefined) {
        return notSetUp(
          `Amazon SES has no verified identity for the address ${address}.`,
          `Verify its domain in the region of the stack (docs/deploy.md, "${section}").`,
        );
      }
      return (
        (await accountFault(clients)) ??
        passed(`Amazon SES can send from ${address} with the identity ${identity}.`)
      );
    },
  };
}

/** The identity by which the address can send: itself or a domain above it. */
async function verifiedIdentity({ ses }: Clients, address: string): Promise<string | undefined> {
  for (const EmailIdentity of identitiesOf(address)) {
    try {
      const { VerifiedForSendingStatus } = await ses.send(new GetEmailIdentityCommand({ EmailIdentity }));
      if (VerifiedForSendingStatus) return EmailIdentity;
    } catch (error) {
      if (!(error instanceof NotFoundException)) throw error;
    }
  }
  return undefined;
}

async function accountFault({ ses }: Clients): Promise<Finding | undefined> {
  const { ProductionAccessEnabled, SendingEnabled } = await ses.send(new GetAccountCommand({}));
  if (!SendingEnabled) {
    return notSetUp(
      'Amazon SES has paused sending for the account.',
      'Look for the email from SES about bounces and complaints, and check the reputation in the SES console.',
    );
  }
  if (ProductionAccessEnabled) return undefined;
  return notSetUp(
    'The account is in the Amazon SES sandbox, so emails reach only verified addresses.',
    'Request production access: https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html',
  );
}
