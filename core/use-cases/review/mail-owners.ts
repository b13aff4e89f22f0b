import type { Instant } from '../../domain/instant.ts';
import { endOfDay, offsetAt } from '../../domain/time-zone.ts';
import { byUrgency, type OwnedItem } from '../../domain/worklist/owner-list.ts';
import { type EmailProvider, OutcomeUnknown, Refused, Throttled } from '../../email/provider.ts';
import { claimOwnerMail, noteOwnerMail, type OwnerMail } from '../../store/handling/owner-mails.ts';
import type { TeamContext } from '../team-visibility.ts';
import { listOwned } from './list-owned.ts';
import { ownerMail } from './owner-mail.ts';

/** A person who can be an owner. */
export interface MailedPerson {
  /** The id in the user pool. */
  readonly id: string;
  /** The verified email address, under which the API stores what they do. */
  readonly name: string;
}

export interface MailDependencies extends TeamContext {
  readonly email: EmailProvider;
  readonly people: () => Promise<readonly MailedPerson[]>;
  /** The time zone of the day boundaries. */
  readonly timeZone: string;
  /** Without a slash at the end. */
  readonly dashboardUrl: string;
  /** Called for each email that was not sent or whose outcome is unknown. */
  readonly notSent: (personId: string, result: 'failed' | 'unknown', reason: string) => void;
}

/**
 * The outcome of an email. `done`: an earlier run sent it. `later`: the provider did not accept it now. `unknown`: it may or
 * may not have been sent, so it is not sent again.
 */
type MailResult = 'sent' | 'done' | 'failed' | 'later' | 'unknown';
export type MailCounts = Readonly<Record<MailResult, number>>;

/**
 * Sends each owner in the user pool a daily list of what needs their attention. Owners with nothing get no email. A failure for
 * one owner does not affect the others; another run on the same day sends what was definitely not sent.
 *
 * @param now the scheduled time of the run
 */
export async function mailOwners(dependencies: MailDependencies, now: Instant): Promise<MailCounts> {
  const day = dayIn(now, dependencies.timeZone);
  const owned = await listOwned(dependencies, now, endOfDay(day, dependencies.timeZone));
  const counts = { sent: 0, done: 0, failed: 0, later: 0, unknown: 0 };
  if (owned.size === 0) return counts;
  for (const person of await dependencies.people()) {
    const items = owned.get(person.name.toLowerCase());
    if (!items) continue;
    counts[await mailOne(dependencies, { ...person, items, day }, now)] += 1;
  }
  return counts;
}

interface Wanted extends MailedPerson {
  readonly items: readonly OwnedItem[];
  readonly day: string;
}

async function mailOne(
  dependencies: MailDependencies,
  { id, name: to, items, day }: Wanted,
  now: Instant,
): Promise<MailResult> {
  const { table, email, dashboardUrl, notSent } = dependencies;
  const mail = { day, personId: id };
  try {
    const claim = await claimOwnerMail(table, mail, now);
    if (claim === 'unknown') notSent(id, 'unknown', 'an earlier run was interrupted while sending it');
    if (claim !== 'claimed') return claim;
    const content = ownerMail([...items].sort(byUrgency), now, dashboardUrl);
    await email.sendEmail({ to, ...content, ref: `owner-${day}` });
    await noteOwnerMail(table, mail, 'sent', now);
    return 'sent';
  } catch (error) {
    return failed(dependencies, mail, error, now);
  }
}

/** No error ends the run, because the other owners wait for their mails. */
async function failed(
  { table, notSent }: MailDependencies,
  mail: OwnerMail,
  error: unknown,
  now: Instant,
): Promise<MailResult> {
  if (error instanceof OutcomeUnknown) {
    notSent(mail.personId, 'unknown', error.reason);
    return 'unknown';
  }
  const isAnswer = error instanceof Refused || error instanceof Throttled;
  notSent(mail.personId, 'failed', isAnswer ? error.reason : error instanceof Error ? error.name : 'unknown');
  try {
    // If the provider did not answer, it is unknown whether the email was sent. The mark stays.
    if (isAnswer) await noteOwnerMail(table, mail, 'failed', now);
  } catch (unnoted) {
    notSent(mail.personId, 'unknown', unnoted instanceof Error ? unnoted.name : 'unknown');
    return 'unknown';
  }
  return error instanceof Refused ? 'failed' : 'later';
}

/** The day of a moment in a time zone, as `2026-11-23`. */
function dayIn(now: Instant, timeZone: string): string {
  const at = Date.parse(now);
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 10);
}
