import { describe, expect, test } from 'vitest';
import { linkFault, portalLink } from '../../../../core/domain/portal-link.ts';
import type { MessageFields } from '../../templates/fields.ts';
import { renderEmail, renderSms } from '../../templates/render.ts';
import type { LanguageTexts, Templates } from '../../templates/templates.ts';

const texts = (marker: string) => ({
  sms: `${marker} {brand}: {missing_markers|some results} at {lab|the lab}. {link|Call us}. Reply STOP to stop.`,
  email: {
    subject: '{brand}: your visit on {appointment_day|that day}',
    preview: 'Please read',
    heading: 'Hello {first_name|there}',
    text: 'No result: {missing_markers|some markers}.\n\nPlease come again.',
    button: 'Book a visit',
  },
});
const language = (name: string, templates: LanguageTexts['templates']): LanguageTexts => ({
  language: name,
  email_footer: 'Sent by {brand}.',
  templates,
});
const templates: Templates = {
  languages: {
    en: language('English', { redraw_available: texts('A'), reminder: texts('R'), reminder_2: texts('R2') }),
    es: language('Español', { reminder: texts('ES') }),
  },
  layout:
    '<html lang="{{language}}"><title>{{subject}}</title>{{preview}}{{brand}}<h1>{{heading}}</h1>{{paragraphs}}<!-- button --><a href="{{link}}">{{button}}</a><!-- /button -->{{footer}}</html>',
};
const known: MessageFields = {
  brand: 'Acme Health',
  link: 'https://portal.example.com/?a=1&b=2',
  phone: '555-0100',
  firstName: 'Ana',
  lab: 'Quest',
  missingMarkers: ['Ferritin', 'Glucose', 'TSH'],
  appointment: { startAt: '2026-03-04T02:30:00.000000Z', timeZone: 'America/Chicago' },
};
const unknown: MessageFields = {
  ...known,
  link: null,
  firstName: ' ',
  lab: null,
  missingMarkers: [],
  appointment: { startAt: '2026-03-04T02:30:00.000000Z', timeZone: 'Mars/Olympus' },
};
const sms = (template: string, tag: string, fields = known, markersInSms = false) =>
  renderSms(templates, { template, language: tag }, fields, { markersInSms });
const email = (fields: MessageFields, tag = 'en') =>
  renderEmail(templates, { template: 'reminder_1', language: tag }, fields);

describe('an SMS', () => {
  test('names no marker unless allowed', () => {
    expect(sms('redraw_available', 'en')).toBe(
      'A Acme Health: some results at Quest. https://portal.example.com/?a=1&b=2. Reply STOP to stop.',
    );
    expect(sms('redraw_available', 'en', known, true)).toContain('Ferritin, Glucose, and TSH at');
  });

  test('has the fallback of what is missing or too long', () => {
    const long = { ...unknown, lab: 'L'.repeat(26), missingMarkers: ['M'.repeat(61)] };
    for (const fields of [unknown, long]) {
      expect(sms('redraw_available', 'en', fields, true)).toBe(
        'A Acme Health: some results at the lab. Call us. Reply STOP to stop.',
      );
    }
  });

  test('has the text of its reminder, of any reminder, or English, in this order', () => {
    expect(['reminder_1', 'reminder_2'].map((name) => sms(name, 'en').slice(0, 2))).toEqual(['R ', 'R2']);
    expect(sms('reminder_2', 'es').slice(0, 2)).toBe('ES');
    expect(sms('redraw_available', 'es').slice(0, 2)).toBe('A ');
    expect(() => sms('appointment_missed', 'en')).toThrow('There is no template appointment_missed.');
  });

  test('has no typographic quotation mark, which doubles its price', () => {
    expect(sms('redraw_available', 'en', { ...known, brand: 'Ana’s “Lab”' })).toContain('Ana\'s "Lab"');
  });
});

describe('an e-mail', () => {
  test('escapes every value in HTML, and none in the text', () => {
    const { html, text } = email({ ...known, missingMarkers: ["A & 'B'", '<img src="x">'] });
    expect(html).toContain(
      '<p style="margin:0 0 16px">No result: A &amp; &#39;B&#39; and &lt;img src=&quot;x&quot;&gt;.</p>',
    );
    expect(html).toContain('<a href="https://portal.example.com/?a=1&amp;b=2">Book a visit</a>');
    expect(text).toBe(
      'Hello Ana\n\nNo result: A & \'B\' and <img src="x">.\n\nPlease come again.\n\nBook a visit:\nhttps://portal.example.com/?a=1&b=2\n\n--\n\nSent by Acme Health.\n',
    );
  });

  test.each(['Ada', 'Zoë-Marie', "O'Neil", 'D’Angelo', 'Mary J.', 'José Á. María', '李雷', 'نورا'])(
    'greets %s',
    (firstName) => expect(email({ ...known, firstName }).text).toContain(`Hello ${firstName}\n`),
  );

  test.each([
    'Ada, all results: https://evil.example/r',
    'Ada evil.example',
    'ada@evil.example',
    'Ada\nCall 555 0100',
    'Ada\u202egnp.exe',
    'Ada\u0000',
    '<b>Ada</b>',
    'call 1 555 0100',
    'A'.repeat(51),
    '',
  ])('does not greet %j', (firstName) => {
    expect(email({ ...known, firstName }).text).toMatch(/^Hello there\n/);
  });

  test.each(['see https://evil.example', 'evil.example', 'TSH\nFree', 'TSH\u202e'])(
    'names no marker if one is %j',
    (name) => expect(email({ ...known, missingMarkers: ['TSH', name] }).text).toContain('some markers.'),
  );

  test('has no button without a link', () => {
    const { html, text } = email(unknown);
    expect(html).not.toMatch(/<a|Book/);
    expect(text).toBe(
      'Hello there\n\nNo result: some markers.\n\nPlease come again.\n\n--\n\nSent by Acme Health.\n',
    );
  });

  test('has dates and lists in its language, and the day of the zone of the appointment', () => {
    expect(email(known).subject).toBe('Acme Health: your visit on Tuesday, March 3');
    expect(email(known, 'es').subject).toBe('Acme Health: your visit on martes, 3 de marzo');
    expect(email(known, 'es').text).toContain('Ferritin, Glucose y TSH');
    expect(email(unknown).subject).toBe('Acme Health: your visit on that day');
    expect(email(known, 'es').html).toContain('<html lang="es">');
  });

  test('has its subject on one line', () => {
    expect(email({ ...known, brand: 'Acme\r\nBcc: all@example.com' }).subject).toBe(
      'Acme Bcc: all@example.com: your visit on Tuesday, March 3',
    );
  });
});

describe('a link', () => {
  const ids = { client_user_id: 'a/b?c', user_id: 'u', order_id: null, transaction_id: 't' };

  test('has ids that cannot change it, or is none', () => {
    expect(portalLink('https://p.example.com/{client_user_id}/{transaction_id}', ids)).toBe(
      'https://p.example.com/a%2Fb%3Fc/t',
    );
    expect(portalLink('https://p.example.com/{order_id}', ids)).toBeNull();
  });

  test.each([
    ['https://p.example.com/{order_id}?u={user_id}', null],
    ['https://p.example.com/{name}', 'must not have {name}'],
    ['http://p.example.com', 'must be an https URL'],
    ['https://p.example.com/{order_id', 'must not have single braces'],
    ['portal', 'must be an https URL'],
  ])('%s: %s', (pattern, fault) => {
    if (fault === null) expect(linkFault(pattern)).toBeNull();
    else expect(linkFault(pattern)).toContain(fault);
  });
});
