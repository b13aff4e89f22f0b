import { alarmActionsCheck } from './alarm-actions.ts';
import { alarmMailCheck } from './alarm-mail.ts';
import { apiCheck } from './api.ts';
import { busCheck, topicsCheck } from './bus.ts';
import type { Check } from './check.ts';
import { concurrencyCheck } from './concurrency.ts';
import { emailSenderCheck, ownerMailSenderCheck, signInEmailSenderCheck } from './email-sender.ts';
import { smsSenderCheck } from './sms-sender.ts';
import { streamCheck } from './stream.ts';
import { sweepCheck } from './sweep.ts';
import { transactionsCheck } from './transactions.ts';
import { webhookCheck } from './webhook.ts';

/** All checks, in the order in which a webhook passes through the system. */
export const checks: readonly Check[] = [
  webhookCheck,
  streamCheck,
  transactionsCheck,
  busCheck,
  topicsCheck,
  apiCheck,
  sweepCheck,
  alarmActionsCheck,
  alarmMailCheck,
  concurrencyCheck,
  emailSenderCheck,
  ownerMailSenderCheck,
  signInEmailSenderCheck,
  smsSenderCheck,
];
