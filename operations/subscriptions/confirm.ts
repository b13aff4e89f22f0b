import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  type SNSClient,
} from '@aws-sdk/client-sns';
import { Problem } from '../../lib/problems/problem.ts';

/** What the link in a confirmation mail names. */
export interface Confirmation {
  readonly topicArn: string;
  readonly token: string;
  readonly region: string;
}

/** @throws Problem if it is not the link of a confirmation mail, or the `SubscribeURL` of an HTTPS endpoint */
export function confirmationIn(link: string): Confirmation {
  const { searchParams } = URL.parse(link) ?? { searchParams: new URLSearchParams() };
  const topicArn = searchParams.get('TopicArn');
  const token = searchParams.get('Token');
  const [, , service, region] = topicArn?.split(':') ?? [];
  if (!topicArn || !token || service !== 'sns' || !region) {
    throw new Problem(
      '--link must be the whole link of a confirmation email, with TopicArn and Token, in quotes.',
    );
  }
  return { topicArn, token, region };
}

/**
 * Confirms a subscription so that only a principal of the account can end it, not whoever has a mail with the link in its footer.
 *
 * @returns the ARN of the subscription
 * @throws Problem if it was confirmed by its link before
 */
export async function confirmSubscription(
  client: SNSClient,
  { topicArn, token }: Confirmation,
): Promise<string> {
  const { SubscriptionArn } = await client.send(
    new ConfirmSubscriptionCommand({ TopicArn: topicArn, Token: token, AuthenticateOnUnsubscribe: 'true' }),
  );
  const { Attributes } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
  if (SubscriptionArn === undefined || Attributes?.ConfirmationWasAuthenticated !== 'true') {
    throw new Problem(
      `${SubscriptionArn} was confirmed by its link before: whoever has one of its emails can end it. Run aws sns unsubscribe --subscription-arn ${SubscriptionArn}, subscribe again, and confirm with this command.`,
    );
  }
  return SubscriptionArn;
}
