import type { Instant } from '../../../core/domain/instant.ts';
import type { StoredTransaction } from '../../../core/domain/stored/stored-transaction.ts';
import type { JunctionClient } from '../../../core/junction/client.ts';
import { JunctionUnavailable } from '../../../core/junction/unavailable.ts';
import type { JunctionGuard } from '../../../core/use-cases/reconcile/junction-guard.ts';
import type { OptionalRoutes } from '../../../core/use-cases/reconcile/optional-routes.ts';
import { recordCheck } from '../../../core/use-cases/reconcile/record-check.ts';
import { nextLook, type PatientMessage } from '../rules/message.ts';
import { held, postponed, withOutcome } from '../rules/message-steps.ts';
import { retryTime } from '../rules/send-decision.ts';
import { writeMessages } from '../store/messages.ts';
import { type RestoreMark, readRestoreMark } from '../store/restore-mark.ts';
import { messageFields, orderAbout, type Sender } from '../templates/message-fields.ts';
import type { ContactAnswer, Preparers } from './channels.ts';
import { reportOutcomes } from './report-outcomes.ts';
import { type Confirmation, type SendDependencies, type SendResult, sendMessage } from './send-message.ts';
import { messageFactsOf, type PlanDependencies, type UpdatedPlan, updatePlan } from './update-plan.ts';

export interface MessageDependencies extends SendDependencies, Pick<PlanDependencies, 'watchingSince'> {
  readonly sender: Sender;
  /** The brands of teams that have one of their own. */
  readonly brands?: ReadonlyMap<string, string>;
  /** Null if no API key is configured for the team. */
  readonly junctionOf: (team: string | null) => Promise<MessageJunction | null>;
  readonly preparers: Preparers;
}

/** How Junction is asked about the transactions of a team. */
export interface MessageJunction {
  readonly client: JunctionClient;
  readonly guard: JunctionGuard;
  readonly optional: OptionalRoutes;
}

/** What happened to messages: how many were planned, and how many ended in each result. */
export type MessageReport = Record<'planned' | 'expired' | SendResult, number>;

export const emptyReport = (): MessageReport => ({
  planned: 0,
  expired: 0,
  sent: 0,
  held: 0,
  waiting: 0,
  refused: 0,
  unknown: 0,
  left: 0,
});

/**
 * Processes the messages of one transaction: plans them, sends those that are due and still apply, and updates the
 * transaction with the outcomes. Each run depends only on the state, so events can be repeated or lost.
 */
export async function processMessages(
  dependencies: MessageDependencies,
  transactionId: string,
  report: MessageReport,
): Promise<void> {
  const { projection, now } = dependencies;
  const restored = await readRestoreMark(projection.table);
  const plan = await updatePlan(dependencies, transactionId, { now: now(), restored });
  report.planned += plan.planned;
  report.held += plan.held;
  const due = plan.messages.filter((message) => isDue(message, now()));
  await expire(dependencies, due, report);
  const planned = due.filter(({ state }) => state === 'planned');
  if (restored?.held) {
    report.waiting += planned.length;
    for (const message of planned) dependencies.notSent(message, 'planned', 'restore_unfinished');
  } else if (planned.length > 0) await sendDue(dependencies, { transactionId, plan, restored }, report);
  if (due.length > 0 || plan.messages.some(({ unreported }) => unreported)) {
    await reportOutcomes(projection, transactionId);
  }
}

function isDue(message: PatientMessage, now: Instant): boolean {
  const look = message.unreported ? null : nextLook(message);
  return look !== null && look <= now;
}

/** A message without a recorded outcome may or may not have been sent. It is not sent again. */
async function expire(
  { projection: { table }, now, notSent }: MessageDependencies,
  due: readonly PatientMessage[],
  report: MessageReport,
): Promise<void> {
  for (const read of due.filter(({ state }) => state === 'sending')) {
    const next = withOutcome(read, { state: 'unknown', reason: 'no_outcome' }, now());
    if (next && (await writeMessages(table, { messages: [{ next, read }] })) === 'written') {
      report.expired += 1;
      notSent(read, 'unknown', 'no_outcome');
    }
  }
}

interface DueTransaction {
  readonly transactionId: string;
  readonly plan: UpdatedPlan;
  readonly restored: RestoreMark | null;
}

async function sendDue(
  dependencies: MessageDependencies,
  { transactionId, plan, restored }: DueTransaction,
  report: MessageReport,
): Promise<void> {
  const confirmation = await confirm(dependencies, transactionId, plan.transaction);
  if (confirmation === 'gone') return;
  if (confirmation === null) return postpone(dependencies, plan.messages, report);
  // Junction's answer may mean that a message no longer applies.
  const confirmed = await updatePlan(dependencies, transactionId, { now: dependencies.now(), restored });
  report.held += confirmed.held;
  for (const message of confirmed.messages) {
    if (message.state !== 'planned' || !isDue(message, dependencies.now())) continue;
    if (confirmation === 'not_known') await giveUp(dependencies, message, report);
    else report[await sendMessage(dependencies, message, confirmation)] += 1;
  }
}

/**
 * Asks Junction about the transaction and the patient.
 *
 * @returns null without a usable answer
 */
async function confirm(
  { projection, junctionOf, sender: usual, brands, preparers, now }: MessageDependencies,
  transactionId: string,
  before: StoredTransaction | null,
): Promise<Confirmation | 'not_known' | 'gone' | null> {
  if (!before) return 'gone';
  const junction = await junctionOf(before.team_id);
  const answer = junction && (await junction.guard.ask(before));
  if (!junction || answer?.kind !== 'answered') return null;
  const check = { at: now(), origin: 'message', caller: null, changes: answer.changes } as const;
  const transaction = await recordCheck(projection, transactionId, check);
  const orderId = transaction && orderAbout(transaction);
  if (!transaction || !orderId) return 'gone';
  const asked = await askForContact(junction, orderId);
  if (asked === null || asked === 'not_known') return asked;
  const { order } = await messageFactsOf(projection.table, transaction);
  const sender = { ...usual, brand: brands?.get(transaction.team_id ?? '') ?? usual.brand };
  return {
    ...asked,
    transaction,
    order,
    prepare: (message) => {
      const appointment = order?.appointments.find(({ id }) => id === message.appointment_id);
      const { firstName } = asked.contact;
      return (
        preparers[message.channel]?.(message, messageFields(sender, transaction, appointment, firstName)) ??
        null
      );
    },
  };
}

async function askForContact(
  { client, optional }: MessageJunction,
  orderId: string,
): Promise<ContactAnswer | 'not_known' | null> {
  try {
    const contact = await client.contact(orderId);
    if (contact === null) return 'not_known';
    const settings = await optional.ask('communication_settings', () => client.sendsSms(orderId));
    // Where Junction has no such settings, it sends nothing.
    const none = settings === null || !optional.isOffered('communication_settings');
    return { contact, junctionSendsSms: none ? false : (settings ?? null) };
  } catch (error) {
    if (error instanceof JunctionUnavailable) return null;
    throw error;
  }
}

/** Without Junction's confirmation nothing is sent. Each message is retried until it is too late. */
async function postpone(
  dependencies: MessageDependencies,
  messages: readonly PatientMessage[],
  report: MessageReport,
): Promise<void> {
  const { projection, now, notSent } = dependencies;
  for (const read of messages) {
    const at = now();
    if (read.state !== 'planned' || read.due_at > at) continue;
    if (at >= read.not_after) {
      await giveUp(dependencies, read, report);
      continue;
    }
    const next = postponed(read, retryTime(read, at), true, at);
    if ((await writeMessages(projection.table, { messages: [{ next, read }] })) === 'written') {
      report.waiting += 1;
      notSent(read, 'planned', 'junction_unavailable');
    }
  }
}

async function giveUp(
  { projection: { table }, now }: MessageDependencies,
  read: PatientMessage,
  report: MessageReport,
): Promise<void> {
  const next = held(read, 'not_confirmed', now());
  if ((await writeMessages(table, { messages: [{ next, read }] })) === 'written') report.held += 1;
}
