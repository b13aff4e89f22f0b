/** One attempt per message, what its errors mean, and what the events of the providers mean. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { expect, onTestFinished, test } from 'vitest';
import { mailbox } from '../../../../core/email/mailbox.ts';
import { ONCE } from '../../../../core/email/provider.ts';
import { sesProvider } from '../../../../core/email/ses.ts';
import { transactionId } from '../../../../tools/verification/oracle/bodies.ts';
import { endUserMessagingProvider } from '../../providers/end-user-messaging.ts';
import { readSmsNotification, sesEvent, sesReport } from '../../providers/provider-events.ts';
import { messageRef, readMessageRef } from '../../rules/message.ts';

const message = { transaction_id: transactionId(1), id: 'reminder_1.sms.2' };
const ref = messageRef(message);
const sms = { to: '+12125550142', text: 'Canary', ref };
const email = { to: 'canary@example.com', subject: 'Canary', text: 'Canary', html: '<p>Canary</p>', ref };

/** A service that answers every request alike; 0 closes the connection. */
async function service(status: number, answer: object) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (body: string) => requests.push(body));
    request.on('end', () => {
      if (status === 0) return request.socket.destroy();
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      return response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const client = {
    ...ONCE,
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const options = { from: 'pool-1', configurationSet: 'set' };
  return {
    requests,
    sendSms: () =>
      endUserMessagingProvider({ ...options, client: new PinpointSMSVoiceV2Client(client) }).sendSms(sms),
    sendEmail: () => sesProvider({ ...options, client: new SESv2Client(client) }).sendEmail(email),
  };
}

test('an SMS expires within the hour, and its context holds the reference alone', async () => {
  const { sendSms, requests } = await service(200, { MessageId: 'm-1' });
  expect(await sendSms()).toEqual({ providerId: 'm-1' });
  expect(JSON.parse(requests[0] ?? '')).toMatchObject({
    DestinationPhoneNumber: sms.to,
    MessageBody: 'Canary',
    OriginationIdentity: 'pool-1',
    ConfigurationSetName: 'set',
    TimeToLive: 3_600,
    Context: { ref },
  });
});

test('an e-mail has a text and an HTML part, and its only tag is the reference', async () => {
  const { sendEmail, requests } = await service(200, { MessageId: 'm-2' });
  expect(await sendEmail()).toEqual({ providerId: 'm-2' });
  expect(JSON.parse(requests[0] ?? '')).toMatchObject({
    EmailTags: [{ Name: 'ref', Value: ref }],
    Content: { Simple: { Body: { Text: { Data: 'Canary' }, Html: { Data: '<p>Canary</p>' } } } },
  });
  // https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html
  expect(ref).toMatch(/^[\w-]{1,256}$/);
  expect(readMessageRef(ref)).toEqual(message);
});

const OPTED_OUT = 'DESTINATION_PHONE_NUMBER_OPTED_OUT';

test.each<[status: number, type: string, expected: object]>([
  [400, 'ThrottlingException', { name: 'Throttled' }],
  [400, 'AccessDeniedException', { name: 'Throttled' }],
  [400, 'ValidationException', { name: 'Refused', reason: 'ValidationException', optedOut: false }],
  [409, 'ConflictException', { name: 'Refused', reason: OPTED_OUT, optedOut: true }],
  [500, 'InternalServerException', { name: 'OutcomeUnknown' }],
  [0, '', { name: 'OutcomeUnknown' }],
])('%i %s is sent once, and its error quotes no address', async (status, type, expected) => {
  const answer = { __type: type, message: `Canary ${sms.to} ${email.to}`, Reason: OPTED_OUT };
  const { sendSms, requests } = await service(
    status,
    type === 'ConflictException' ? answer : { ...answer, Reason: undefined },
  );
  const error = await sendSms().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject(expected);
  expect(requests).toHaveLength(1);
  expect(`${(error as Error).message} ${JSON.stringify(error)}`).not.toMatch(/canary|@|2125550142/i);
});

test.each([
  ['Delivery', null, { state: 'delivered', optsOut: false }],
  ['Bounce', 'Permanent', { state: 'bounced', optsOut: true }],
  ['Bounce', 'Transient', { state: 'bounced', optsOut: false }],
  ['Complaint', null, { state: 'opted_out', optsOut: true }],
  ['Reject', null, { state: 'failed', optsOut: false }],
  ['Open', null, null],
])('SES reports %s %s', (type, reason, expected) => {
  const report = sesReport(sesEvent.parse({ provider: 'ses', ref: [ref], type, reason }));
  if (expected) expect(report).toMatchObject({ ref, ...expected });
  else expect(report).toBeNull();
});

test.each([
  ['TEXT_DELIVERED', true, 'delivered'],
  ['TEXT_SUCCESSFUL', false, 'sent'],
  ['TEXT_BLOCKED', true, 'failed'],
  ['TEXT_CARRIER_UNREACHABLE', false, undefined],
  ['TEXT_UNKNOWN', true, undefined],
])('AWS End User Messaging reports %s, final: %s', (eventType, isFinal, state) => {
  const event = { eventType, isFinal, messageId: 'sms-1', context: { ref }, destinationPhoneNumber: sms.to };
  const expected = state === undefined ? null : expect.objectContaining({ ref, state, provider_id: 'sms-1' });
  expect(readSmsNotification(JSON.stringify(event))).toEqual({ report: expected });
});

test.each([
  ['Example Health', '"Example Health" <results@example.com>'],
  ['A \\ B', '"A \\\\ B" <results@example.com>'],
  ['Clínica Ñuñoa', '=?UTF-8?B?Q2zDrW5pY2Egw5F1w7FvYQ==?= <results@example.com>'],
])('the sender %s is shown as such', (name, expected) => {
  expect(mailbox(name, 'results@example.com')).toBe(expected);
});

test('a long name in other letters is split between letters', () => {
  const name = 'é'.repeat(60);
  const words = mailbox(name, 'r@example.com').split(' ').slice(0, -1);
  expect(words.every((word) => word.length <= 75)).toBe(true);
  const read = words.map((word) => Buffer.from(word.slice('=?UTF-8?B?'.length, -2), 'base64').toString());
  expect(read.join('')).toBe(name);
});

test.each([
  ['STOP', 'opt_out'],
  [' “stop texting me', 'opt_out'],
  ['Opt out please', 'opt_out'],
  ['opt-out', 'opt_out'],
  ['Revoke.', 'opt_out'],
  ['start', 'opt_in'],
  ['Help?', 'help'],
  ['I stopped by at the lab', 'other'],
  ['ending soon', 'other'],
])('a patient who replies %j wants: %s', (messageBody, kind) => {
  const payload = { originationNumber: sms.to, inboundMessageId: 'in-1', messageBody };
  const replied = { ...payload, previousPublishedMessageId: 'sms-1' };
  expect(readSmsNotification(JSON.stringify(replied))).toEqual({ reply: { kind, replyTo: 'sms-1' } });
  expect(readSmsNotification(JSON.stringify(payload))).toEqual({ reply: { kind, replyTo: null } });
});

test.each(['no JSON', '{"other":"use of the number"}'])('%s of a topic is left alone', (text) => {
  expect(readSmsNotification(text)).toBeNull();
});
