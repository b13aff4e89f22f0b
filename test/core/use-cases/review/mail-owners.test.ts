/** The daily mails to owners: who gets one, what it lists, and that nobody gets two. */
import { beforeEach, expect, test } from 'vitest';
import { type Email, OutcomeUnknown, Refused, Throttled } from '../../../../core/email/provider.ts';
import { assign } from '../../../../core/use-cases/handling/assign.ts';
import { type MailDependencies, mailOwners } from '../../../../core/use-cases/review/mail-owners.ts';
import { criticalResult, march, TEAM } from '../../../../tools/verification/oracle/bodies.ts';
import { PROGRAM } from '../../../callers.ts';
import { patientDataIn } from '../../../patient-data.ts';
import { manyDue } from '../sweep/scene/many-due.ts';
import { initialAvailable, ORDERED, redrawAt, TRANSACTION } from '../sweep/scene/redraw-bodies.ts';
import { Tracker } from '../sweep/scene/tracker.ts';

const FLAGGED = march(6);
/** Still the evening of the 8th in New York. */
const NOW = march(9, '01:00:00');

let tracker: Tracker;
let ids: string[];
let sent: Email[];
let problems: string[];
let answers: Record<string, Error>;

beforeEach(async () => {
  tracker = new Tracker();
  ids = await manyDue(tracker, 6);
  await tracker.sweep(FLAGGED);
  sent = [];
  problems = [];
  answers = {};
});

const own = (id: string | undefined, assignee: string, followUpAt: string | null = null) =>
  assign(
    tracker.projection,
    id ?? '',
    { by: 'lead', caller: PROGRAM, assignee, followUpAt },
    new Date(march(7)),
  );

const person = (name: string) => ({ id: `sub-${name}`, name: `${name}@example.com` });

function dependencies(): MailDependencies {
  return {
    table: tracker.projection.table,
    teamId: null,
    people: async () => [person('ann'), person('bob'), person('cat'), person('dan')],
    email: {
      async sendEmail(email) {
        const answer = answers[email.to];
        if (answer) throw answer;
        sent.push(email);
        return { providerId: '1' };
      },
    },
    timeZone: 'America/New_York',
    dashboardUrl: 'https://redraws.example.com',
    notSent: (...problem) => void problems.push(problem.join(' ')),
  };
}

const run = (now = NOW) => mailOwners(dependencies(), now);
const recipients = () => sent.map(({ to }) => to);

test('list what is theirs, the most urgent first, in text and HTML, with links and without patient data', async () => {
  await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
  await tracker.deliver(redrawAt([ORDERED]), march(6));
  await tracker.deliver(criticalResult(2, march(7)), march(7));
  await own(TRANSACTION, 'ann@example.com');
  await own(ids[0], 'Ann@Example.com');
  // Today in New York, and tomorrow there.
  await own(ids[1], 'ann@example.com', march(9, '03:00:00'));
  await own(ids[2], 'ann@example.com', march(9, '05:00:00'));
  expect(await run()).toMatchObject({ sent: 1 });
  const [{ to, subject, text, html } = { to: '', subject: '', text: '', html: '' }] = sent;
  expect([to, subject]).toEqual([
    'ann@example.com',
    'Assigned to you: 1 critical result, 2 overdue, 3 in total',
  ]);
  const link = (id = '') => `https://redraws.example.com/transactions/${id}`;
  const linked = [link(TRANSACTION), link(ids[0]), link(ids[1])];
  expect(text.match(/https:\S+\/transactions\/\S+/g)).toEqual(linked);
  expect(html.match(/https:[^"]+\/transactions\/[^"]+/g)).toEqual(linked);
  expect(text).toContain('Unacknowledged critical results:');
  expect(text).toContain(`- no redraw order yet; was due 2026-03-05 11:00 UTC\n  ${link(ids[0])}`);
  expect(patientDataIn(JSON.stringify(sent))).toEqual([]);
  for (const item of tracker.memory.items.values()) {
    const { user_id, client_user_id } = item;
    for (const id of [user_id, client_user_id])
      if (typeof id === 'string') expect(text + html).not.toContain(id);
  }
});

test('with a team list nothing of another one', async () => {
  await own(ids[0], 'ann@example.com');
  const of = (teamId: string) => mailOwners({ ...dependencies(), teamId }, NOW);
  expect([await of('another'), await of(TEAM)]).toMatchObject([{ sent: 0 }, { sent: 1 }]);
});

test('are not sent to people with nothing due, or to owners outside the user pool', async () => {
  await own(ids[0], 'Front desk');
  await own(ids[1], 'eve');
  expect(await run()).toEqual({ sent: 0, done: 0, failed: 0, later: 0, unknown: 0 });
});

test('go once a day, and again the next day', async () => {
  await own(ids[0], 'ann@example.com');
  await own(ids[1], 'bob@example.com');
  await run();
  expect(await run(march(9, '02:00:00'))).toMatchObject({ sent: 0, done: 2 });
  await run(march(9, '06:00:00'));
  expect(recipients()).toEqual(Array(2).fill(['ann@example.com', 'bob@example.com']).flat());
});

test('do not depend on one that fails; only emails that were definitely not sent are sent by the next run', async () => {
  await Promise.all(['ann', 'bob', 'cat', 'dan'].map((name, at) => own(ids[at], `${name}@example.com`)));
  answers = {
    'ann@example.com': new Refused('MessageRejected'),
    'bob@example.com': new Throttled('TooManyRequestsException'),
    'cat@example.com': new OutcomeUnknown('TimeoutError'),
  };
  expect(await run()).toEqual({ sent: 1, done: 0, failed: 1, later: 1, unknown: 1 });
  expect(recipients()).toEqual(['dan@example.com']);
  expect(problems).toEqual([
    'sub-ann failed MessageRejected',
    'sub-bob failed TooManyRequestsException',
    'sub-cat unknown TimeoutError',
  ]);
  answers = {};
  expect(await run()).toEqual({ sent: 2, done: 1, failed: 0, later: 0, unknown: 1 });
  expect(recipients()).toEqual(['dan@example.com', 'ann@example.com', 'bob@example.com']);
});

test('continue after a killed run, except the one it was sending', async () => {
  await own(ids[0], 'ann@example.com');
  await own(ids[1], 'bob@example.com');
  const killed = { ...dependencies(), email: { sendEmail: () => new Promise<never>(() => undefined) } };
  void mailOwners(killed, NOW);
  await expect
    .poll(() => [...tracker.memory.items.values()].filter(({ state }) => state === 'sending').length)
    .toBe(1);
  expect(await run()).toMatchObject({ sent: 1, unknown: 1 });
  expect(recipients()).toEqual(['bob@example.com']);
});
