import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTemplates, type TextSettings } from '../../../lib/templates/read-templates.ts';

const settings: TextSettings = {
  brand: 'Acme Health',
  link: 'https://portal.example.com/redraws/{transaction_id}',
  phone: '(555) 010-0199',
  markersInSms: false,
  language: 'en',
};
const own = (name: string) => readFileSync(join(import.meta.dirname, '../../../texts', name), 'utf8');
const english = own('en.yaml');
const layout = own('email.html');

/** What is said about our English texts after a change, without the sentences around it. */
function faults(change: (yaml: string) => string, changed: Partial<TextSettings> = {}): string[] {
  const yaml = change(english);
  return said(() => readTemplates({ languages: { en: yaml }, layout }, { ...settings, ...changed }));
}

function said(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    const lines = String(error).split('\n');
    expect(lines.at(-1)).toBe('Correct the templates of patient messages (docs/patient-messages.md).');
    return lines.slice(1, -1).map((line) => line.replace('  - ', ''));
  }
  return [];
}

const line = (text: string) => english.split('\n').findIndex((one) => one.includes(text)) + 1;

test.each([
  [
    'an unknown field',
    '{brand}: you can book',
    '{brand} {name}: you can book',
    'has the unknown field {name}. The fields are {brand}, {link}',
  ],
  [
    'a missing fallback',
    'Hello {first_name|there}',
    'Hello {first_name}',
    'has {first_name} without a fallback. Write {first_name|…}',
  ],
  [
    'a single brace',
    'Hello {first_name|there}',
    'Hello {first_name|there',
    'has a brace that belongs to no field',
  ],
  [
    'no sender',
    '{brand}: The lab could',
    'The lab could',
    'redraw_available.sms does not say who it is from',
  ],
  ['no opt-out', 'Reply STOP to opt out.', 'Reply stop.', 'redraw_available.sms does not say how to opt out'],
  [
    'too long an SMS',
    'Please do not go to the lab yet. We',
    `${'Please wait. '.repeat(34)} We`,
    'can be 5 parts long, and 3 are allowed. Shorten it.',
  ],
  [
    'too long a fallback',
    'Next steps: {link|call',
    `Next steps: {link|${'call us, '.repeat(40)}call`,
    'can be 4 parts long',
  ],
  [
    'expensive characters',
    'Please do not go to the lab yet. We',
    'Please do “not” go to the lab yet. We',
    'Shorten it or avoid “ ”.',
  ],
  [
    'a marker in a subject',
    '{brand}: we need one',
    '{brand}: {missing_markers|we} need one',
    'email.subject has {missing_markers}, which others could see',
  ],
  [
    'a missing text',
    'preview: Please do',
    'X: Please do',
    'redraw_available.email.preview is missing or empty',
  ],
  [
    'an unknown text',
    'preview: Please do',
    'title: x\n      preview: Please do',
    'redraw_available.email.title is unknown',
  ],
  [
    'an unknown template',
    '  appointment_missed:',
    '  reminder_0:',
    'reminder_0 is not a template. The templates are redraw_available',
  ],
  ['a missing template', '  appointment_missed:', '  reminder_1:', 'templates has no appointment_missed'],
  [
    'a field in the small print',
    'because {brand} ordered',
    'because {clinic} ordered',
    'email_footer has the unknown field {clinic}',
  ],
  ['no YAML', 'language: English', 'language: English: American', 'en.yaml: Nested mappings'],
])('%s is refused', (_, from, to, sentence) => {
  expect(english).toContain(from);
  const found = faults((yaml) => yaml.replace(from, () => to));
  expect(found.filter((fault) => fault.includes(sentence))).toHaveLength(1);
});

test('all faults of all files are named at once, with their lines', () => {
  const broken = english.replace('Hello {first_name|there}', 'Hello {x}').replace('a photo ID', '{y|z}');
  const found = said(() =>
    readTemplates(
      { languages: { en: broken, es: 'language: 5' }, layout: layout.replace('{{preview}}', '{{previous}}') },
      { ...settings, language: 'fr' },
    ),
  );
  expect(found).toEqual([
    'The file fr.yaml is missing. It is the language of the messages.',
    expect.stringContaining(
      `en.yaml, line ${line('      text: |')}: templates.redraw_available.email.text has the unknown field {x}.`,
    ),
    expect.stringContaining('templates.requisition_ready.email.text has the unknown field {y}.'),
    'es.yaml, line 1: language must be a text or a group as in the file en.yaml.',
    'es.yaml, line 1: email_footer is missing or empty.',
    'es.yaml, line 1: templates is missing or empty.',
    'email.html lacks {{preview}}.',
    'email.html has the unknown slot {{previous}}.',
  ]);
});

test('an SMS is measured with what the deployer has set', () => {
  expect(faults((yaml) => yaml)).toEqual([]);
  const link = `https://portal.example.com/${'a'.repeat(250)}/{transaction_id}`;
  expect(faults((yaml) => yaml, { link })[0]).toContain('can be 4 parts long');
  const marked = (yaml: string) =>
    yaml.replace('Please do not go to the lab yet. We', `${'Sorry. '.repeat(32)}We`);
  expect(faults(marked)).toEqual([]);
  expect(faults(marked, { markersInSms: true })[0]).toContain('can be 4 parts long');
});
