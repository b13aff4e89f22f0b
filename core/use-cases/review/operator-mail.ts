import type { RedrawStage } from '../../domain/clocks/redraw-clocks.ts';

/** A mail to operators, as SNS takes it. It leaves the account, so it holds constants, counts, times and links only. */
export interface OperatorMail {
  /** At most 100 ASCII characters: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
  readonly Subject: string;
  readonly Message: string;
}

export interface OperatorMailContent {
  readonly subject: string;
  /** What happened. */
  readonly sentence: string;
  /** The URL of the page that shows it. */
  readonly page: string;
  /** The URL of the section of the runbook. */
  readonly runbook: string;
}

/** Says what happened, where to see it and what to do. */
export function operatorMail({ subject, sentence, page, runbook }: OperatorMailContent): OperatorMail {
  return { Subject: subject, Message: `${sentence}\n\nSee: ${page}\nWhat to do: ${runbook}\n` };
}

type Words = Readonly<Record<string, string>>;

/** The words for a value of a list. A value that the list does not have could be anybody's text, so it is not named. */
export function wordsFor(words: Words, value: string | null | undefined): string {
  return value != null && Object.hasOwn(words, value) ? (words[value] ?? '') : 'another value';
}

/** What each stage of an order or a redraw means in a mail. */
export const STAGE_WORDS: Readonly<Record<RedrawStage, string>> = {
  awaiting_order: 'no redraw order yet',
  awaiting_requisition: 'ordered, no requisition yet',
  awaiting_appointment: 'requisition ready, no appointment and no sign of a draw',
  awaiting_draw: 'appointment booked or passed, no sign of a draw',
  awaiting_result: 'sample drawn, no result yet',
};

/** To the minute. */
export function dueText(dueAt: string, now: string): string {
  return `${dueAt <= now ? 'was due' : 'due'} ${minuteOf(dueAt)}`;
}

export const minuteOf = (instant: string) => `${instant.slice(0, 16).replace('T', ' ')} UTC`;
