import { escapeHtml } from '../../../core/email/escape-html.ts';
import { type FieldValues, fillIn, type MessageFields, valuesOf } from './fields.ts';
import { type Templates, type TemplateTexts, textsOf } from './templates.ts';

/** Which message to render. */
export interface MessageChoice {
  /** `redraw_available`, `reminder_2`, … */
  readonly template: string;
  /** A BCP 47 tag. English if there is no such text. */
  readonly language: string;
}

export interface SmsOptions {
  /** Whether an SMS may name markers. If not, it has the fallback instead. */
  readonly markersInSms: boolean;
}

export interface RenderedEmail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A longer value is replaced by its fallback, so that the checked length holds. In characters. */
export const MAX_IN_SMS: Partial<Record<keyof FieldValues, number>> = {
  first_name: 20,
  lab: 25,
  missing_markers: 60,
};

/** Characters that double the price of an SMS, and those to use instead. */
const CHEAPER = new Map([
  ['’', "'"],
  ['‘', "'"],
  ['“', '"'],
  ['”', '"'],
  ['–', '-'],
  ['—', '-'],
  ['…', '...'],
  ['\u00a0', ' '],
  ['\u202f', ' '],
]);

/** The text of an SMS. */
export function renderSms(
  templates: TemplateTexts,
  { template, language }: MessageChoice,
  fields: MessageFields,
  { markersInSms }: SmsOptions,
): string {
  const { sms, tag } = textsOf(templates, template, language);
  const values = { ...valuesOf(fields, tag) };
  if (!markersInSms) values.missing_markers = null;
  for (const [name, max] of Object.entries(MAX_IN_SMS) as [keyof FieldValues, number][]) {
    if ((values[name]?.length ?? 0) > max) values[name] = null;
  }
  return fillIn(sms, values).replaceAll(/[^\p{ASCII}]/gu, (character) => CHEAPER.get(character) ?? character);
}

/** An e-mail in its parts. */
export interface EmailParts {
  /** Its language: a BCP 47 tag. */
  readonly language: string;
  readonly subject: string;
  readonly preview: string;
  readonly brand: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** The label of the link. */
  readonly button: string;
  /** Empty if there is none: then there is no button. */
  readonly link: string;
  readonly footer: string;
}

/** What an e-mail says. */
export function emailParts(
  templates: TemplateTexts,
  { template, language }: MessageChoice,
  fields: MessageFields,
): EmailParts {
  const { email, footer, tag } = textsOf(templates, template, language);
  const values = valuesOf(fields, tag);
  const filled = (text: string) => fillIn(text, values).trim();
  return {
    language: tag,
    subject: filled(email.subject),
    preview: filled(email.preview),
    brand: values.brand ?? '',
    heading: filled(email.heading),
    paragraphs: filled(email.text).split(/\n{2,}/),
    button: filled(email.button),
    link: values.link ?? '',
    footer: filled(footer),
  };
}

/** An e-mail with its HTML and its plain text. */
export function renderEmail(
  templates: Templates,
  choice: MessageChoice,
  fields: MessageFields,
): RenderedEmail {
  const parts = emailParts(templates, choice, fields);
  const { subject, heading, paragraphs, button, link, footer } = parts;
  const blocks = [heading, ...paragraphs, ...(link === '' ? [] : [`${button}:\n${link}`]), '--', footer];
  return { subject, text: `${blocks.join('\n\n')}\n`, html: fillLayout(templates.layout, parts) };
}

/** The slots of the layout. */
export const LAYOUT_SLOTS: readonly (keyof EmailParts)[] = [
  'language',
  'subject',
  'preview',
  'brand',
  'heading',
  'paragraphs',
  'button',
  'link',
  'footer',
];
/** The part with the button, which an e-mail without a link leaves out. */
export const BUTTON = /<!-- button -->.*?<!-- \/button -->/s;
export const SLOT = /\{\{(\w+)\}\}/g;

function fillLayout(layout: string, parts: EmailParts): string {
  const kept = parts.link === '' ? layout.replace(BUTTON, '') : layout;
  return kept.replaceAll(SLOT, (_, slot: keyof EmailParts) =>
    slot === 'paragraphs'
      ? parts.paragraphs
          .map((paragraph) => `<p style="margin:0 0 16px">${escapeHtml(paragraph)}</p>`)
          .join('')
      : escapeHtml(parts[slot]),
  );
}
