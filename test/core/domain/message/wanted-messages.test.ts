/** Which messages each stage of a redraw wants, and when. */
import { expect, test } from 'vitest';
import { TEMPLATES } from '../../../../core/domain/message/message.ts';
import { planMessages } from '../../../../core/domain/message/message-plan.ts';
import { isTrue, wantedMessages } from '../../../../core/domain/message/wanted-messages.ts';
import { readOrder } from '../../../../core/store/orders/read-order.ts';
import { march } from '../../../oracle/bodies.ts';
import {
  AVAILABLE_AT,
  booking,
  initialAvailable,
  ORDERED,
  REDRAW,
  REQUISITION,
  redrawAt,
  TRANSACTION,
} from '../../use-cases/sweep/scene/redraw-bodies.ts';
import { drawnWith, REQUESTED_AT, STAGES, START } from '../../use-cases/sweep/scene/stage-cases.ts';
import { Tracker } from '../../use-cases/sweep/scene/tracker.ts';

const DAY = 86_400_000;
const SETTINGS = { reminders: [DAY, 3 * DAY], off: [] as string[] };

/** The transaction after the webhooks, and the appointments of its redraw order. */
async function after(webhooks: readonly object[]) {
  const tracker = new Tracker();
  for (const body of [initialAvailable(), ...webhooks]) await tracker.deliver(body, march(28));
  const transaction = await tracker.transaction(TRANSACTION);
  if (!transaction) throw new Error('there is no transaction');
  const appointments = (await readOrder(tracker.memory, REDRAW))?.appointments ?? [];
  return { transaction, appointments };
}

async function wanted(webhooks: readonly object[], settings = SETTINGS): Promise<string[]> {
  const { transaction, appointments } = await after(webhooks);
  return wantedMessages(transaction, appointments, settings).map(({ template, at }) => `${template} ${at}`);
}

const REMINDERS = ['reminder_1', 'reminder_2'];
const BY_STAGE = {
  awaiting_order: [['redraw_available', ...REMINDERS]],
  awaiting_requisition: [['redraw_available']],
  // Without the second, booked: known only from the status of the order.
  awaiting_appointment: [['requisition_ready', ...REMINDERS], [], ['appointment_cancelled', ...REMINDERS]],
  awaiting_draw: [['appointment_missed']],
  awaiting_result: [[]],
} as const;

/** What somebody can send by hand. */
const BY_HAND = {
  awaiting_order: ['redraw_available', 'reminder_1'],
  awaiting_requisition: ['redraw_available', 'reminder_1'],
  awaiting_appointment: ['redraw_available', 'requisition_ready', 'appointment_cancelled', 'reminder_1'],
  awaiting_draw: ['redraw_available', 'appointment_missed', 'reminder_1'],
  awaiting_result: [],
};

test.each(STAGES)('$stage, $what', async ({ webhooks, stage }) => {
  const templates = (await wanted(webhooks)).map((line) => line.split(' ')[0]);
  expect(BY_STAGE[stage]).toContainEqual(templates);
  const { transaction } = await after(webhooks);
  const byHand = [...TEMPLATES, 'reminder_1' as const].filter((template) => isTrue(template, transaction));
  expect(byHand.sort()).toEqual([...BY_HAND[stage]].sort());
});

test('each message has the time of the fact that it is about', async () => {
  expect(await wanted([])).toEqual([
    `redraw_available ${AVAILABLE_AT}`,
    `reminder_1 ${march(6, '10:00:00')}`,
    `reminder_2 ${march(8, '10:00:00')}`,
  ]);
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
  const off = { reminders: [], off: ['requisition_ready'] };
  expect(await wanted([requested], off)).toEqual([`redraw_available ${AVAILABLE_AT}`]);
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
  const { transaction, appointments } = await after([drawnWith({})]);
  const plan = (now: string) =>
    planMessages({
      transactionId: TRANSACTION,
      transaction,
      appointments,
      messages: [],
      now,
      settings: { ...SETTINGS, channels: ['sms'], tooLate: DAY },
    }).map(({ next }) => next.id);
  expect(plan(march(6, '14:00:00'))).toEqual(['requisition_ready.sms', 'reminder_1.sms', 'reminder_2.sms']);
  expect(plan(march(6, '14:00:01'))).toEqual(['reminder_1.sms', 'reminder_2.sms']);
  expect(plan(march(20))).toEqual([]);
});
