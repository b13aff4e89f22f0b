/** Confirms a subscription to a topic so that nobody can end it by the link in an email (docs/deploy.md). */
import { SNSClient } from '@aws-sdk/client-sns';
import * as z from 'zod';
import { runCommand } from '../operations/command.ts';
import { confirmationIn, confirmSubscription } from '../operations/subscriptions/confirm.ts';

const USAGE = `npm run confirm-subscription -- --link '<link>'
  --link  the link in the email "AWS Notification - Subscription Confirmation", copied and not opened, or the SubscribeURL that
          an HTTPS endpoint received
Needs sns:ConfirmSubscription on the topic and sns:GetSubscriptionAttributes.`;

const optionsSchema = z.object({ link: z.string({ error: '--link is missing.' }) });

process.exitCode = await runCommand(
  { usage: USAGE, options: { link: { type: 'string' } }, schema: optionsSchema },
  async ({ link }) => {
    const confirmation = confirmationIn(link);
    const client = new SNSClient({ region: confirmation.region });
    const arn = await confirmSubscription(client, confirmation);
    console.log(`Confirmed ${arn}. Only principals of the account can end it.`);
    return 0;
  },
);
