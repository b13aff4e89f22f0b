/** Which messages each stage of a redraw wants, and when. */
import { expect, test } from 'vitest';
import { readOrder } from '../../../../core/store/orders/read-order.ts';
import {
  AVAILABLE_AT,
  booking,
  initialAvailable,
  ORDERED,
  REDRAW,
  REQUISITION,
  redrawAt,
  TRANSACTION,
} from '../../../../test/core/use-cases/sweep/scene/redraw-bodies.ts';
import {
  drawnWith,
  REQUESTED_AT,
  STAGES,
  START,
} from '../../../../test/core/use-cases/sweep/scene/stage-cases.ts';
import { Tracker } from '../../../../test/core/use-cases/sweep/scene/tracker.ts';
import { appointment, march } from '../../../../tools/verification/oracle/bodies.ts';
import { TEMPLATES } from '../../rules/message.ts';
import { planMessages } from '../../rules/message-plan.ts';
import { messageByHand, wantedMessages } from '../../rules/wanted-messages.ts';

const DAY = 86_400_000;
const SETTINGS = { reminders: [DAY, 3 * DAY], off: [] as string[] };

/** The transaction after the webhooks, and its redraw order. */
async function after(webhooks: readonly object[]) {
  const tracker = new Tracker();
  for (const body of [initialAvailable(), ...webhooks]) await tracker.deliver(body, march(28));
  const transaction = await tracker.transaction(TRANSACTION);
  if (!transaction) throw new Error('there is no transaction');
  return { transaction, order: await readOrder(tracker.memory, REDRAW) };
}

async function wanted(webhooks: readonly object[], settings = SETTINGS): Promise<string[]> {
  return wantedMessages(await after(webhooks), settings).map(({ template, at }) => `${template} ${at}`);
}

const REMINDERS = ['reminder_1', 'reminder_2'];
const BY_STAGE = {
  awaiting_order: [['redraw_available']],
  awaiting_requisition: [['redraw_available']],
  // Without the second, booked: known only from the status of the order.
  awaiting_appointment: [['requisition_ready', ...REMINDERS], [], ['appointment_cancelled', ...REMINDERS]],
  awaiting_draw: [['appointment_missed']],
  awaiting_result: [[]],
} as const;

/** What somebody can send by hand. */
const BY_HAND = {
  awaiting_order: [['redraw_available']],
  awaiting_requisition: [['redraw_available']],
  awaiting_appointment: [
    ['requisition_ready', 'reminder_1'],
    [],
    ['requisition_ready', 'appointment_cancelled', 'reminder_1'],
  ],
  awaiting_draw: [['appointment_missed']],
  awaiting_result: [[]],
};

test.each(STAGES)('$stage, $what', async ({ webhooks, stage }) => {
  const templates = (await wanted(webhooks)).map((line) => line.split(' ')[0]);
  expect(BY_STAGE[stage]).toContainEqual(templates);
  const facts = await after(webhooks);
  const byHand = (now: string) =>
    [...TEMPLATES, 'reminder_1' as const].filter((template) => messageByHand(facts, template, now));
  expect(BY_HAND[stage]).toContainEqual(byHand(march(30)));
  // Nobody has missed a visit that is yet to come.
  if (stage === 'awaiting_draw') expect(byHand(march(7))).toEqual([]);
});

test('a message about a visit carries that visit, whatever else is booked or was cancelled', async () => {
  const requested = redrawAt([ORDERED, REQUISITION]);
  const cancelled = { status: 'cancelled', event_status: 'cancelled' };
  const visits = [
    booking(1, march(9), march(6)),
    booking(2, march(12), march(7)),
    booking(1, march(9), march(8), cancelled),
  ];
  const missed = await after([requested, ...visits]);
  expect(wantedMessages(missed, SETTINGS)).toMatchObject([
    { template: 'appointment_missed', appointment_id: appointment(2, 2).id },
  ]);
  const both = await after([requested, ...visits, booking(2, march(12), march(9), cancelled)]);
  expect(wantedMessages(both, SETTINGS)[0]).toMatchObject({
    template: 'appointment_cancelled',
    appointment_id: appointment(2, 2).id,
  });
  const byStatus = redrawAt([ORDERED, REQUISITION, ['appointment_cancelled', march(10)]]);
  const unreported = await after([requested, booking(1, march(9), march(6)), byStatus]);
  expect(messageByHand(unreported, 'appointment_cancelled', march(28))).toMatchObject({
    appointment_id: appointment(1, 2).id,
  });
});

test('each message has the time of the fact that it is about', async () => {
  expect(await wanted([])).toEqual([`redraw_available ${AVAILABLE_AT}`]);
  const requested = redrawAt([ORDERED, REQUISITION]);
  expect((await wanted([requested]))[0]).toBe(`requisition_ready ${REQUESTED_AT}`);
  const cancelled = booking(1, START, march(7), { status: 'cancelled', event_status: 'cancelled' });
  expect(await wanted([requested, cancelled])).toEqual([
    `appointment_cancelled ${march(7)}`,
    `reminder_1 ${march(8)}`,
    `reminder_2 ${march(10)}`,
  ]);
  // Booked, according to the order's status only: the time is unknown.
  const scheduled = redrawAt([ORDERED, REQUISITION, ['appointment_scheduled', march(6)]]);
  expect(await wanted([scheduled])).toEqual([]);
  expect(await wanted([requested, booking(1, START, march(6))])).toEqual([
    `appointment_missed ${march(10, '16:00:00')}`,
  ]);
});

test('an earlier message stands in for one that is switched off', async () => {
  const requested = redrawAt([ORDERED, REQUISITION]);
  const cancelled = booking(1, START, march(7), { status: 'cancelled', event_status: 'cancelled' });
  const off = { reminders: [], off: ['appointment_cancelled'] };
  expect(await wanted([requested, cancelled], off)).toEqual([`requisition_ready ${REQUESTED_AT}`]);
  // It would say not to go yet.
  expect(await wanted([requested], { reminders: [], off: ['requisition_ready'] })).toEqual([]);
});

test('complete results after a redraw trigger a message; corrected ones, and the end of any other order, do not', async () => {
  const completed = ['completed', march(12)] as const;
  const complete = redrawAt([ORDERED, REQUISITION, completed], { has_missing_results: false });
  expect(await wanted([complete])).toEqual([`results_complete ${march(12)}`]);
  const corrected = redrawAt([ORDERED, completed, ['corrected', march(20)]], { has_missing_results: false });
  expect(await wanted([corrected])).toEqual([]);
  expect(await wanted([redrawAt([ORDERED, completed], { has_missing_results: true })])).toEqual([]);
  expect(await wanted([redrawAt([ORDERED, ['cancelled', march(12)]])])).toEqual([]);
});

test('a message that has applied for more than a day is not planned, but a future reminder is', async () => {
  const facts = await after([drawnWith({})]);
  const plan = (now: string) =>
    planMessages({
      transactionId: TRANSACTION,
      facts,
      messages: [],
      notBefore: null,
      since: null,
      now,
      settings: { ...SETTINGS, channels: ['sms'], tooLate: DAY },
    }).map(({ next }) => next.id);
  expect(plan(march(6, '14:00:00'))).toEqual(['requisition_ready.sms', 'reminder_1.sms', 'reminder_2.sms']);
  expect(plan(march(6, '14:00:01'))).toEqual(['reminder_1.sms', 'reminder_2.sms']);
  expect(plan(march(20))).toEqual([]);
});
