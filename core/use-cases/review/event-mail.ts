import * as z from 'zod/mini';
import type { EventType } from '../../domain/events/domain-events.ts';
import { parseInstant } from '../../domain/instant.ts';
import type { TRANSACTION_STATUSES } from '../../domain/members/truth-table.ts';
import type { DecisionCause } from '../../domain/transaction/decision.ts';
import { minuteOf, type OperatorMail, operatorMail, STAGE_WORDS, wordsFor } from './operator-mail.ts';

/** Where the links of mails lead. */
export interface MailLinks {
  /** The URL that the paths of pages follow: of the dashboard, or of the API if there is none. Without a slash at the end. */
  readonly pages: string;
  readonly runbook: string;
}

const name = z.catch(z.nullish(z.string()), null);
const id = z.catch(z.nullish(z.uuid()), null);

/** What the mails read from the detail of an event. Anything else in it, or of another type, is left out. */
const detailSchema = z.object({
  transaction_id: id,
  status: name,
  reported_status: name,
  stage: name,
  due_at: name,
  redraw: z.catch(z.nullish(z.object({ stage: name, due_at: name })), null),
  decision: z.catch(z.nullish(z.object({ cause: name })), null),
});
type Detail = z.output<typeof detailSchema>;

const CAUSES: Readonly<Record<DecisionCause, string>> = {
  redraw_cancelled: 'the redraw was cancelled',
  redraw_failed: 'the redraw failed',
  results_incomplete: 'the results are incomplete',
  sample_failed: 'the order failed',
  redraw_not_needed: 'the redraw may no longer be needed',
};
const STATUSES: Readonly<Record<(typeof TRANSACTION_STATUSES)[number], string>> = {
  active: 'active',
  completed: 'completed',
  cancelled: 'cancelled',
};

interface EventMail {
  readonly subject: string;
  readonly sentence: (detail: Detail) => string;
  /** The path of the page of an event that names no transaction. */
  readonly list: string;
  readonly runbook: string;
}

/** The mail about each type of event that needs a person. */
const EVENT_MAILS = {
  'Critical Result Reported': {
    subject: 'Critical result reported',
    sentence: () =>
      'Junction reported a critical result, and someone who may read results must look at it now and acknowledge it.',
    list: '/critical-results',
    runbook: 'a-critical-result-was-reported',
  },
  'Redraw Stale': {
    subject: 'Redraw overdue',
    sentence: ({ redraw }) =>
      `A redraw is overdue (${wordsFor(STAGE_WORDS, redraw?.stage)}${dueSince(redraw?.due_at)}), and the patient gets no result until someone acts.`,
    list: '/transactions',
    runbook: 'a-redraw-is-stale',
  },
  'Redraw Needs Decision': {
    subject: 'Redraw needs a decision',
    sentence: ({ decision }) =>
      `A redraw ended without complete results (${wordsFor(CAUSES, decision?.cause)}), and a person must decide how the patient gets the missing ones.`,
    list: '/transactions',
    runbook: 'a-redraw-needs-a-decision',
  },
  'Order Failed': {
    subject: 'Order failed',
    sentence: () =>
      'An order failed and no redraw follows it, and a person must decide how the patient gets a result.',
    list: '/transactions',
    runbook: 'an-order-failed',
  },
  'Order Stalled': {
    subject: 'Order stalled',
    sentence: ({ stage, due_at }) =>
      `An order is stalled (${wordsFor(STAGE_WORDS, stage)}${dueSince(due_at)}), and may never have a result unless someone acts.`,
    list: '/transactions',
    runbook: 'an-order-is-stalled',
  },
  'Divergence Opened': {
    subject: "A status differs from Junction's",
    sentence: ({ status, reported_status }) =>
      `The status of a transaction is ${wordsFor(STATUSES, status)} here and ${wordsFor(STATUSES, reported_status)} at Junction, and the sweep asks Junction again.`,
    list: '/transactions',
    runbook: 'a-state-differs-from-junctions',
  },
  'Transaction Anomaly': {
    subject: 'Anomaly recorded',
    sentence: () =>
      'An anomaly was recorded for a transaction, and a person should check whether the change was intended.',
    list: '/transactions',
    runbook: 'an-anomaly-was-recorded',
  },
  'Match Review Opened': {
    subject: 'Result without an order',
    sentence: () =>
      "Junction could not match a result to an order, and the patient may not get it until someone decides in Junction's dashboard.",
    list: '/match-reviews',
    runbook: 'a-match-review-is-open',
  },
} as const satisfies Partial<Record<EventType, EventMail>>;

export type MailedEventType = keyof typeof EVENT_MAILS;
export const MAILED_EVENT_TYPES = Object.keys(EVENT_MAILS) as MailedEventType[];

/** The mail about an event. */
export function eventMail(type: MailedEventType, detail: unknown, links: MailLinks): OperatorMail {
  const { subject, sentence, list, runbook }: EventMail = EVENT_MAILS[type];
  const known = detailSchema.parse(detail);
  const path = known.transaction_id ? `/transactions/${known.transaction_id}` : list;
  return operatorMail({
    subject,
    sentence: sentence(known),
    page: links.pages + path,
    runbook: `${links.runbook}#${runbook}`,
  });
}

function dueSince(at: string | null | undefined): string {
  const due = parseInstant(at ?? '');
  return due === null ? '' : `, due since ${minuteOf(due)}`;
}
