import type { Instant } from '../../../core/domain/instant.ts';
import {
  type ProviderReport,
  readSmsNotification,
  sesEvent,
  sesReport,
} from '../providers/provider-events.ts';
import { type PatientMessage, readMessageRef } from '../rules/message.ts';
import { type OutcomeDependencies, recordOutcome } from './record-outcome.ts';
import { recordReply } from './record-reply.ts';

type Named = Pick<PatientMessage, 'transaction_id' | 'id'>;

/** What a notification of a provider said. Ids and codes only. */
export interface Recorded {
  readonly about: 'outcome' | 'reply';
  /** The reported state, or the kind of the reply. */
  readonly said: string;
  readonly reason: string | null;
  /** Null if this deployment has no such message. */
  readonly named: Named | null;
  readonly isNew: boolean;
  /** What it counts as; null for nothing new. */
  readonly counts: ProviderReport['state'] | 'unmatched' | null;
}

/**
 * Records an event of Amazon SES; null if it says nothing about the outcome.
 *
 * @throws ZodError if it is no such event
 */
export async function recordSesEvent(
  dependencies: OutcomeDependencies,
  event: unknown,
  now: Instant,
): Promise<Recorded | null> {
  const report = sesReport(sesEvent.parse(event));
  return report && recordReport(dependencies, report, now);
}

/**
 * Records a message of one of the SMS topics: a report of AWS End User Messaging, or the reply of a patient. Null if it says
 * nothing about either, for example for another use of the number.
 */
export async function recordSmsNotification(
  dependencies: OutcomeDependencies,
  text: string,
  now: Instant,
): Promise<Recorded | null> {
  const read = readSmsNotification(text);
  if (!read) return null;
  if ('report' in read) return read.report && recordReport(dependencies, read.report, now);
  const { kind } = read.reply;
  const recorded = await recordReply(dependencies, read.reply, now);
  const said = { about: 'reply', said: kind, reason: null } as const;
  if (!recorded) return { ...said, named: null, isNew: false, counts: 'unmatched' };
  return { ...said, ...recorded, counts: recorded.isNew && kind === 'opt_out' ? 'opted_out' : null };
}

async function recordReport(
  dependencies: OutcomeDependencies,
  { ref, ...outcome }: ProviderReport,
  now: Instant,
): Promise<Recorded> {
  const named = readMessageRef(ref);
  const isNew = named && (await recordOutcome(dependencies, named, outcome, now));
  const said = { about: 'outcome', said: outcome.state, reason: outcome.reason } as const;
  if (named === null || isNew === null) return { ...said, named: null, isNew: false, counts: 'unmatched' };
  return { ...said, named, isNew, counts: isNew ? outcome.state : null };
}
