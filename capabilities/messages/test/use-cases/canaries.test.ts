/** What Junction says about a person reaches the provider, and nothing else. */
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { OutcomeUnknown, Refused, Throttled } from '../../../../core/email/provider.ts';
import { Contact } from '../../../../core/junction/contact.ts';
import { initialAvailable } from '../../../../test/core/use-cases/sweep/scene/redraw-bodies.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';
import { Clinic, type Trouble } from './scene/clinic.ts';

const CANARY = 'Quetzalcoatl';
const PHONE = '2125550199';
const PERSON = {
  patient_details: {
    first_name: CANARY,
    last_name: CANARY,
    phone_number: PHONE,
    email: `${CANARY}@example.com`,
  },
  patient_address: { first_line: CANARY, city: CANARY, state: 'NY', zip: '10001' },
};
const LEAK = new RegExp(`${CANARY}|${PHONE}`, 'i');

test('a contact cannot be printed, logged or stored', () => {
  const contact = new Contact({ firstName: CANARY, phone: PHONE, email: CANARY, state: CANARY, zip: CANARY });
  for (const text of [
    JSON.stringify({ contact }),
    inspect(contact, { depth: 9, showHidden: true }),
    `${contact}`,
  ]) {
    expect(text).not.toMatch(LEAK);
  }
  expect(contact.firstName).toBe(CANARY);
});

test.each<[string, Trouble[]]>([
  ['taken', []],
  ['refused', [new Refused('OPTED_OUT', true)]],
  ['throttled', [new Throttled('ThrottlingException'), new Throttled('ThrottlingException')]],
  ['unclear', [new OutcomeUnknown('TimeoutError'), { lost: new OutcomeUnknown('TimeoutError') }]],
])('neither the table nor an event has the person of a message that is %s', async (_, troubles) => {
  const clinic = new Clinic();
  clinic.patient = PERSON;
  clinic.troubles.push(...troubles);
  await clinic.hears(initialAvailable(PERSON), march(5, '10:00:05'));
  const report = await clinic.look(march(5, '15:00:00'));
  await clinic.run(march(5, '15:10:00'));
  expect(JSON.stringify(clinic.taken)).toMatch(LEAK);
  const kept = [[...clinic.tracker.memory.items.values()], clinic.tracker.events, report];
  expect(inspect(kept, { depth: 99, maxArrayLength: null, maxStringLength: null })).not.toMatch(LEAK);
});
