import { createRequire } from 'node:module';
import type { BusEvent } from '../events/event-rules.ts';
import type { DataDirectory } from '../files/data-directory.ts';
import { type LoopbackServer, listening, startLoopbackServer } from '../http/loopback-server.ts';
import type { Authorize } from '../services/service-endpoint.ts';
import type { Template } from '../template/template.ts';
import { type ConfigurationSets, readConfigurationSets } from './configuration-sets.ts';
import { emailApi, SEND_EMAIL_PATH } from './email-api.ts';
import { type Inbox, openInbox } from './inbox.ts';
import type { ProviderApi } from './provider-answer.ts';
import { openReplies, type Replies } from './replies.ts';
import { SEND_TEXT_MESSAGE, smsApi } from './sms-api.ts';

export interface ProviderOptions {
  data: DataDirectory;
  /** @throws ServiceFault for a caller that may not send */
  authorize: Authorize;
  /** Puts an event on the default event bus. */
  emit(event: BusEvent): void;
  publish(topicArn: string, message: string): void;
  /** The time of the functions, at which their messages are sent. */
  now(): Date;
  /** Reports internal errors to the terminal. */
  report(line: string): void;
}

export interface Providers {
  inbox: Inbox;
  /** Sends a patient's reply to an SMS. @returns whether the number has received one */
  reply(number: string, text: string): boolean;
  /** Service as in AWS_ENDPOINT_URL_<SERVICE> → URL. undefined if the template sends no messages to patients. */
  endpoints: Record<string, string> | undefined;
  stop(): Promise<void>;
}

/** Amazon SES and AWS End User Messaging SMS on a free port: what they accept is in the inbox, and nothing leaves this machine. */
export async function openProviders(template: Template, options: ProviderOptions): Promise<Providers> {
  const inbox = openInbox(options.data);
  const sets = readConfigurationSets(template);
  if (!sets) return { inbox, reply: () => false, endpoints: undefined, stop: async () => {} };
  const mail = await startMailServer();
  const topicArn = template.outputs().SmsRepliesTopicArn;
  const replies = openReplies({ topicArn, publish: options.publish });
  const server = await startServer(apis(sets, mail.url, { ...options, inbox, replies }), options.report);
  return {
    inbox,
    reply: replies.reply,
    endpoints: { SESV2: server.url, PINPOINT_SMS_VOICE_V2: server.url },
    async stop() {
      await server.stop();
      await mail.stop();
    },
  };
}

type ApiFor = (path: string | undefined, target: unknown) => ProviderApi | undefined;

function apis(
  sets: ConfigurationSets,
  mailServer: string,
  { inbox, replies, authorize, emit, publish, now }: ProviderOptions & { inbox: Inbox; replies: Replies },
): ApiFor {
  const common = { inbox, authorize, now };
  const email = emailApi({ ...common, mailServer, eventTypes: sets.email, emit });
  const sms = smsApi({ ...common, topics: sets.sms, publish, replies });
  return (path, target) => {
    if (path === SEND_EMAIL_PATH) return email;
    return target === SEND_TEXT_MESSAGE ? sms : undefined;
  };
}

function startServer(apiFor: ApiFor, report: (line: string) => void): Promise<LoopbackServer> {
  return startLoopbackServer((request, body, response) => {
    const api = apiFor(request.url, request.headers['x-amz-target']);
    if (!api) return void response.writeHead(404).end();
    api(request.headers.authorization, body.toString())
      .then(({ status, contentType, headers, body: text, lost, reportOutcome }) => {
        if (lost) response.destroy();
        else response.writeHead(status, { 'content-type': contentType, ...headers }).end(text);
        reportOutcome?.();
      })
      .catch((error: unknown) => {
        report(`A provider of messages failed: ${String(error)}`);
        response.destroy();
      });
  });
}

/** Loaded here only: it is not needed without messages to patients. */
async function startMailServer(): Promise<LoopbackServer> {
  const { default: start }: typeof import('aws-ses-v2-local') = createRequire(import.meta.url)(
    'aws-ses-v2-local',
  );
  return listening(await start({ host: '127.0.0.1', port: 0 }));
}
