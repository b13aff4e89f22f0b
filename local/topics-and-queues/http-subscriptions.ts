import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { readJsonFile, replaceFile } from '../files/atomic-file.ts';
import type { DataDirectory } from '../files/data-directory.ts';

const schema = z.array(
  z.object({
    SubscriptionArn: z.string(),
    TopicArn: z.string(),
    Protocol: z.enum(['http', 'https']),
    Endpoint: z.url({ protocol: /^https?$/ }),
  }),
);

export type HttpSubscription = z.output<typeof schema>[number];

/** The endpoints that somebody subscribed to topics at run time, for example a pager. */
export interface HttpSubscriptions {
  all(): readonly HttpSubscription[];
  /** @returns its ARN. Here it needs no confirmation */
  add(subscription: Omit<HttpSubscription, 'SubscriptionArn'>): string;
  remove(subscriptionArn: string): void;
  /** Sends a notification to each endpoint of the topic, and returns at once. */
  send(
    topicArn: string,
    notification: { id: string; at: Date; subject: string | undefined; body: string },
  ): void;
}

export interface HttpSubscriptionsOptions {
  /** Keeps them, in `subscriptions.json`. */
  data: Pick<DataDirectory, 'file'>;
  /** Called for each delivery that failed. */
  onUndelivered(topicArn: string, endpoint: string, reason: string): void;
}

/** As long as SNS waits for an answer. */
const TIMEOUT_MS = 15_000;

/** Unlike SNS, this tries once. */
export function httpSubscriptions({ data, onUndelivered }: HttpSubscriptionsOptions): HttpSubscriptions {
  const file = data.file('subscriptions.json');
  let all = schema.safeParse(readJsonFile(file)).data ?? [];
  const save = (changed: HttpSubscription[]) => {
    all = changed;
    replaceFile(file, JSON.stringify(all));
  };
  return {
    all: () => all,
    add(subscription) {
      const SubscriptionArn = `${subscription.TopicArn}:${randomUUID()}`;
      save([...all, { ...subscription, SubscriptionArn }]);
      return SubscriptionArn;
    },
    remove: (arn) => save(all.filter(({ SubscriptionArn }) => SubscriptionArn !== arn)),
    send(topicArn, { id, at, subject, body }) {
      const message = {
        Type: 'Notification',
        MessageId: id,
        TopicArn: topicArn,
        Subject: subject,
        Message: body,
      };
      const content = JSON.stringify({ ...message, Timestamp: at.toISOString() });
      for (const { TopicArn, Endpoint } of all) {
        if (TopicArn !== topicArn) continue;
        post(Endpoint, content).catch((error: unknown) => onUndelivered(topicArn, Endpoint, String(error)));
      }
    },
  };
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html */
async function post(endpoint: string, body: string): Promise<void> {
  const headers = { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': 'Notification' };
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
}
