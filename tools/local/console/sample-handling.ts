import type { Journey } from '../../sandbox/journeys/journeys.ts';

const HOURS = 3_600_000;
const DAYS = 24 * HOURS;

/** What a person does about a transaction: a request to the API. */
export interface Handling {
  readonly at: Date;
  /** A user name of the local sign-in page. */
  readonly person: string;
  readonly method: string;
  readonly path: string;
  readonly body: object;
}

interface Subject {
  readonly transactionId: string;
  /** When the last webhook of the journey is sent (ms since 1970). */
  readonly lastAt: number;
}

type Doing = (subject: Subject) => Pick<Handling, 'method' | 'path' | 'body'>;

const emailOf = (person: string) => `${person}@example.com`;

/** @param followUp after the last webhook of the journey (ms) */
const own =
  (owner: string, followUp?: number): Doing =>
  ({ transactionId, lastAt }) => ({
    method: 'PUT',
    path: `/v1/transactions/${transactionId}/assignment`,
    body: {
      assignee: owner,
      ...(followUp !== undefined && { follow_up_at: new Date(lastAt + followUp).toISOString() }),
    },
  });

const note =
  (kind: string, text?: string): Doing =>
  ({ transactionId }) => ({
    method: 'POST',
    path: `/v1/transactions/${transactionId}/notes`,
    body: { kind, ...(text !== undefined && { text }) },
  });

const acknowledge =
  (person: string, text: string): Doing =>
  ({ transactionId }) => ({
    method: 'PUT',
    path: `/v1/redraws/${transactionId}/acknowledgement`,
    body: { by: emailOf(person), note: text },
  });

/** The journey, the time after its last webhook, who did it, and what. */
const HANDLED: readonly (readonly [journey: string, after: number, person: string, doing: Doing])[] = [
  ['redraw, completed weeks ago', -5 * DAYS, 'olivia', note('called', 'Will go to the lab this week.')],
  ['redraw, drawn and no result', 9.5 * DAYS, 'clara', own(emailOf('clara'))],
  ['redraw, drawn and no result', 9.6 * DAYS, 'clara', note('note', 'Asked the lab. The sample is there.')],
  ['redraw, drawn and no result', 16 * DAYS, 'clara', note('note', 'The lab repeats the analysis.')],
  ['redraw, drawn and no result', 16.1 * DAYS, 'clara', own(emailOf('clara'), 21 * DAYS)],
  ['redraw, nobody booked', 7.5 * DAYS, 'olivia', note('voicemail')],
  ['redraw, nobody booked', 8.4 * DAYS, 'olivia', note('texted')],
  ['redraw, nobody booked', 9.5 * DAYS, 'olivia', note('called', 'Prefers to be called in the evening.')],
  ['redraw, nobody booked', 9.6 * DAYS, 'olivia', own(emailOf('olivia'), 12 * DAYS - 2 * HOURS)],
  ['redraw, booked and not drawn', 3.5 * DAYS, 'olivia', own(emailOf('olivia'))],
  [
    'redraw, booked and not drawn',
    3.6 * DAYS,
    'olivia',
    acknowledge('olivia', 'Missed the appointment and will book another.'),
  ],
  ['redraw, partial results', 14.5 * DAYS, 'max', own('Lab partners')],
];

/** What the people of the clinic did about the sample journeys, in order of time. */
export function sampleHandling(journeys: readonly Journey[]): Handling[] {
  return HANDLED.flatMap(([name, after, person, doing]) => {
    const journey = journeys.find((one) => one.name === name);
    const transactionId = journey?.known[0]?.facts.transactionId;
    const lastAt = Date.parse(journey?.snapshots.at(-1)?.at ?? '');
    if (transactionId === undefined || Number.isNaN(lastAt)) return [];
    return [{ at: new Date(lastAt + after), person, ...doing({ transactionId, lastAt }) }];
  }).sort((a, b) => a.at.getTime() - b.at.getTime());
}
