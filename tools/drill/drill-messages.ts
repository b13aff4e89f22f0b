import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { choicesIn, restoreMessages } from '../../capabilities/messages/operations/audited-choices.ts';
import type { InboxMessage } from '../local/patient-messages/inbox.ts';
import type { DrillStack } from './drill-stack.ts';
import { itemsOf } from './engine-table.ts';

/** Settings with which every message that ever became due is sent at once. */
export const MESSAGE_SETTINGS = {
  PATIENT_MESSAGES: 'both',
  MESSAGE_HOURS: '00:00-24:00',
  MESSAGE_TOO_LATE: 'P60D',
  MESSAGE_DAILY_CAP: '20',
};

/** What each user has chosen, by user. */
type Choices = Readonly<Record<string, { readonly sms: boolean; readonly email: boolean }>>;

/** Sends what is due, until nothing is left to send. */
export async function sendAll(stack: DrillStack): Promise<void> {
  for (let sent = 1; sent > 0; ) {
    await stack.settled();
    ({ sent } = (await stack.invoke('messages', { time: new Date().toISOString() })) as { sent: number });
  }
}

/** Which users want messages through which channel, by the items of a table. */
export async function choicesOf(client: DynamoDBDocumentClient, table: string): Promise<Choices> {
  const patients = (await itemsOf(client, table)).filter(({ sk }) => sk === 'PATIENT');
  return Object.fromEntries(
    patients.map(({ pk, consent, opt_out }) => {
      const [given, out] = [consent, opt_out] as Record<string, { given?: boolean }>[];
      const wants = (channel: string) => !out?.[channel] && given?.[channel]?.given !== false;
      return [String(pk).slice('PATIENT#'.length), { sms: wants('sms'), email: wants('email') }] as const;
    }),
  );
}

/** One patient replies STOP, and another one has an operator withdraw the consent to emails. */
export async function sayNo(
  stack: DrillStack,
  written: readonly InboxMessage[],
  choices: () => Promise<Choices>,
): Promise<Choices> {
  const last = written.findLast(({ channel }) => channel === 'sms');
  if (!last) throw new Error('No patient got an SMS to reply to.');
  await stack.reply(last.to, 'STOP');
  let made = await choices();
  for (; Object.values(made).every(({ sms }) => sms); made = await choices()) await sleep(200);
  const [other] = Object.entries(made).find(([, { sms }]) => sms) ?? [];
  const path = `/v1/users/${other}/message-settings`;
  await stack.ask('PUT', path, { by: 'drill', consent: { email: false } });
  return choices();
}

/** Reads the choices from the audit trail of the local stack, which a file holds, and switches messages on again. */
export async function restoreDrillMessages(
  client: DynamoDBDocumentClient,
  { table, logs }: { readonly table: string; readonly logs: string },
  say: (done: string) => void,
): Promise<void> {
  const file = readdirSync(logs).find((name) => /AuditTrailLog/.test(name)) ?? '';
  const lines = readFileSync(join(logs, file), 'utf8').split('\n').filter(Boolean);
  await restoreMessages({ name: table, client }, choicesIn(lines), say);
}

/** A sentence for each message that somebody got before the loss and again after it. */
export function writtenAgain(before: readonly InboxMessage[], after: readonly InboxMessage[]): string[] {
  const same = ({ to, text }: InboxMessage) => `${to} ${text}`;
  const known = new Set(before.map(same));
  return after
    .slice(before.length)
    .filter((message) => known.has(same(message)))
    .map(({ channel, at }) => `a patient got the same ${channel} again at ${at}`);
}
