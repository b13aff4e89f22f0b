import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { type EmailProvider, providerError } from './provider.ts';

export interface SesOptions {
  /** Created with ONCE. */
  readonly client: SESv2Client;
  /** A mailbox with a verified identity. */
  readonly from: string;
  readonly configurationSet: string;
}

/**
 * E-mail by Amazon SES. The tag `ref` is copied into its events; a tag holds letters, digits, `_` and `-` only:
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html
 */
export function sesProvider({ client, from, configurationSet }: SesOptions): EmailProvider {
  return {
    async sendEmail({ to, subject, text, html, ref }) {
      try {
        const { MessageId } = await client.send(
          new SendEmailCommand({
            FromEmailAddress: from,
            Destination: { ToAddresses: [to] },
            ConfigurationSetName: configurationSet,
            EmailTags: [{ Name: 'ref', Value: ref }],
            Content: {
              Simple: {
                Subject: { Data: subject, Charset: 'UTF-8' },
                Body: {
                  Text: { Data: text, Charset: 'UTF-8' },
                  Html: { Data: html, Charset: 'UTF-8' },
                },
              },
            },
          }),
        );
        return { providerId: MessageId ?? null };
      } catch (error) {
        throw providerError(error);
      }
    },
  };
}
