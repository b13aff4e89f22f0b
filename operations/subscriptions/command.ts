import { Command } from 'commander';

export function confirmCommand(): Command {
  return new Command('confirm-subscription')
    .description(
      'Confirm a subscription to a topic so that nobody can end it by the link in an email (docs/deploy.md).',
    )
    .argument(
      '<link>',
      'the link in the email "AWS Notification - Subscription Confirmation", copied and not opened, or the SubscribeURL that an HTTPS endpoint received',
    )
    .addHelpText(
      'after',
      '\nPut the link in quotes. Needs sns:ConfirmSubscription on the topic and sns:GetSubscriptionAttributes.',
    )
    .action(async (link: string) => {
      const { SNSClient } = await import('@aws-sdk/client-sns');
      const { confirmationIn, confirmSubscription } = await import('./confirm.ts');
      const confirmation = confirmationIn(link);
      const client = new SNSClient({ region: confirmation.region });
      const arn = await confirmSubscription(client, confirmation);
      console.log(`Confirmed ${arn}. Only principals of the account can end it.`);
    });
}
