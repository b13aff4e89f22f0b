import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildApp, synthesize } from '../../../../../test/lib/synthesized-stack.ts';
import { messagePreviews } from '../../../lib/templates/message-previews.ts';
import { everythingKnown } from '../../../lib/templates/sample-messages.ts';
import { templatesIn } from '../../../lib/templates/template-files.ts';
import { compileLayout } from '../../../operations/email-layout.ts';
import { renderEmail } from '../../../templates/render.ts';

const settings = {
  brand: 'Acme Health',
  link: 'https://portal.example.com/redraws/{transaction_id}',
  phone: '(555) 010-0199',
  markersInSms: false,
  language: 'es',
};
const folder = join(import.meta.dirname, '../../../texts');
const templates = templatesIn(undefined, settings);
const { messages } = messagePreviews(templates, settings);

test('no SMS of ours costs more than two parts or names a marker', () => {
  expect(messages).toHaveLength(2 * 2 * 6);
  for (const { sms } of messages) {
    expect(sms.parts).toBeLessThan(3);
    expect(sms.expensiveCharacters).toEqual([]);
    expect(sms.text).not.toMatch(/Ferritin|TSH|Maria|[{}|]/);
  }
});

test('every Spanish text is Spanish, and each language has the same fields', () => {
  expect(messages.map(({ email, language }) => email.language === language)).not.toContain(false);
  const fields = (tag: string) =>
    [...JSON.stringify(templates.languages[tag]).matchAll(/\{(missing_markers|first_name|link|brand)\b/g)]
      .map(([, name]) => name)
      .sort();
  expect(fields('es')).toEqual(fields('en'));
});

test('the layout is what its source compiles to', async () => {
  const source = readFileSync(join(folder, 'email.mjml'), 'utf8');
  expect(readFileSync(join(folder, 'email.html'), 'utf8')).toBe(await compileLayout(source));
  expect(await compileLayout(source.replace('Helvetica', 'Roboto'))).not.toMatch(/<link|@import/);
});

test('an email loads nothing, so opens cannot be tracked', () => {
  const { html } = renderEmail(
    templates,
    { template: 'reminder_1', language: 'en' },
    everythingKnown(settings),
  );
  const { link = '' } = messages.find(({ known }) => known === 'everything')?.email ?? {};
  expect(html.split(link).length).toBe(2);
  expect(html).not.toMatch(/\{\{|<(?:img|link|script|iframe)|@import|url\(/);
});

test('a directory of the deployer replaces our texts, and keeps our layout', () => {
  const directory = mkdtempSync(join(tmpdir(), 'own-templates-'));
  try {
    const yaml = readFileSync(join(folder, 'en.yaml'), 'utf8');
    writeFileSync(join(directory, 'en.yaml'), yaml.replace('A friendly reminder', 'Ahoy'));
    const own = templatesIn(directory, { ...settings, language: 'en' });
    expect(Object.keys(own.languages)).toEqual(['en']);
    expect(own.languages.en?.templates.reminder?.sms).toContain('Ahoy');
    expect(own.layout).toBe(templates.layout);
    cpSync(join(folder, 'email.mjml'), join(directory, 'email.html'));
    expect(() => templatesIn(directory, settings)).toThrow('The file es.yaml is missing.');
  } finally {
    rmSync(directory, { recursive: true });
  }
  expect(() => templatesIn(directory, settings)).toThrow(`${directory} is not a directory.`);
});

test('the deployment puts the previews beside the page, with the settings of the deployer', () => {
  const settings = {
    patientMessages: 'email',
    messageBrand: 'Harbor Clinic',
    messageEmailSender: 'care@example.com',
  };
  const { 'message-previews.json': previews } = buildApp(settings).dataStack.data.pageFiles;
  expect(previews).toHaveProperty(['messages', 0, 'email', 'brand'], 'Harbor Clinic');
  expect(previews).toHaveProperty(['messages', 0, 'email', 'link'], '');
  const deployed = Object.values(synthesize(settings).ofType('Custom::CDKBucketDeployment'));
  expect(deployed.map(({ Properties }) => Properties.SourceObjectKeys.length)).toEqual([1, 3]);
});
