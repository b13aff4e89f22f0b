/** What the dialog offers to send, and the text that it shows. */
import { expect, test } from 'vitest';
import type { Order, Redraw, Transaction } from '../../../../dashboard/src/api/answers.ts';
import {
  listed,
  march,
  order,
  transaction,
} from '../../../../test/dashboard/transaction/sample-transaction.ts';
import { fieldsForPatient } from '../../page/patient-preview.ts';
import { sendableTemplates } from '../../page/sendable-templates.ts';
import { renderSms } from '../../templates/render.ts';

const NOW = Date.parse(march('03-10'));
const visit = (fields: object) =>
  order('second', {
    appointments: [
      {
        id: 'visit',
        status: 'scheduled',
        start_at: march('03-09 15:00'),
        iana_timezone: 'America/New_York',
        ...fields,
      },
    ] as Order['appointments'],
  });

function redrawn(redraw: Partial<Redraw>, given: Partial<Transaction> = {}): Transaction {
  const { explanation: _, redraw: __, ...rest } = given;
  return transaction({ ...rest, redraw: { order_id: 'second', missing_results: [], ...redraw } });
}
const waiting = (given?: Partial<Transaction>) => redrawn({ stage: 'awaiting_appointment' }, given);
const told = (template: string) => waiting({ told: { template, reached: true } as Transaction['told'] });

const [READY, REMIND] = ['requisition_ready', ['reminder_1', 'reminder_2']];
test.each<[string, Transaction, Order | undefined, readonly string[]]>([
  ['no requisition yet', redrawn({ stage: 'awaiting_requisition' }), undefined, ['redraw_available']],
  ['a requisition, and nothing sent', waiting(), undefined, [READY, ...REMIND]],
  ['the news of the requisition was sent', told(READY), undefined, ['reminder_1', READY, 'reminder_2']],
  ['the last reminder was sent', told('reminder_2'), undefined, ['reminder_2', READY, 'reminder_1']],
  [
    'the visit was cancelled',
    waiting(),
    visit({ status: 'cancelled' }),
    ['appointment_cancelled', READY, ...REMIND],
  ],
  ['an appointment is not confirmed', waiting(), visit({ status: 'pending' }), []],
  ['the visit has begun', redrawn({ stage: 'awaiting_draw' }), visit({}), ['appointment_missed']],
  ['the visit is to come', redrawn({ stage: 'awaiting_draw' }), visit({ start_at: march('03-11') }), []],
  ['the sample is drawn', redrawn({ stage: 'awaiting_result' }), undefined, []],
  [
    'all results are there',
    redrawn({ state: 'completed' }, { outcome: 'results_complete' }),
    undefined,
    ['results_complete'],
  ],
  [
    'the redraw may no longer be needed',
    waiting({ decision: { reason: 'redraw_not_needed', acknowledgement: null } as Transaction['decision'] }),
    undefined,
    [],
  ],
])('offers what fits first: %s', (_, given, loaded, expected) => {
  expect(sendableTemplates(given, { reminders: 2, order: loaded, now: NOW })).toEqual(expected);
});

test('shows the text with the facts of this patient, and with a fallback for the name', () => {
  const sender = { brand: 'Acme', link: 'https://example.com/{order_id}', phone: null, markersInSms: true };
  const sms = '{first_name|there} {lab} {missing_markers} {appointment_day} {link}';
  const email = { subject: '', preview: '', heading: '', text: '', button: '' };
  const texts = {
    languages: {
      en: { language: 'English', email_footer: '', templates: { appointment_cancelled: { sms, email } } },
    },
  };
  const given = redrawn(
    { missing_results: [{ name: 'Ferritin' }] as Redraw['missing_results'] },
    { orders: [listed('first'), listed('second', { lab_test: { name: 'Iron', lab: 'labcorp' } })] },
  );
  const choice = { template: 'appointment_cancelled', language: 'en' };
  const fields = fieldsForPatient({ sender }, given, { ...choice, order: visit({ status: 'cancelled' }) });
  expect(renderSms(texts, choice, fields, sender)).toBe(
    'there Labcorp Ferritin Monday, March 9 https://example.com/second',
  );
  const other = { template: 'reminder_1', order: visit({}) };
  expect(fieldsForPatient({ sender }, given, other).appointment).toBeNull();
});
