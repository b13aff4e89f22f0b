import { GetTopicAttributesCommand, type SNSClient } from '@aws-sdk/client-sns';

/** How many subscriptions of a topic are confirmed. Pending ones receive nothing. */
export async function confirmedSubscriptions(client: SNSClient, topicArn: string): Promise<number> {
  const { Attributes = {} } = await client.send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
  const confirmed = Number(Attributes.SubscriptionsConfirmed);
  if (!Number.isSafeInteger(confirmed))
    throw new TypeError('SNS did not say how many subscriptions are confirmed');
  return confirmed;
}
