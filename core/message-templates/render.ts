import { type FieldValues, fillIn, type MessageFields, valuesOf } from './fields.ts';
import { type Templates, textsOf } from './templates.ts';

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
const MAX_IN_SMS: Partial<Record<keyof FieldValues, number>> = {
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
  templates: Templates,
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

/** An e-mail with its HTML and its plain text. */
export function renderEmail(
  templates: Templates,
  { template, language }: MessageChoice,
  fields: MessageFields,
): RenderedEmail {
  const { email, footer, tag } = textsOf(templates, template, language);
  const values = valuesOf(fields, tag);
  const filled = (text: string) => fillIn(text, values);
  const subject = filled(email.subject);
  const heading = filled(email.heading);
  const paragraphs = filled(email.text)
    .trim()
    .split(/\n{2,}/);
  const button = filled(email.button);
  const smallPrint = filled(footer);
  return {
    subject,
    text: `${[heading, ...paragraphs, ...(values.link ? [`${button}:\n${values.link}`] : []), '--', smallPrint].join('\n\n')}\n`,
    html: fillLayout(templates.layout, values.link !== null, {
      language: tag,
      subject,
      heading,
      button,
      preview: filled(email.preview),
      brand: values.brand ?? '',
      link: values.link ?? '',
      footer: smallPrint,
      paragraphs,
    }),
  };
}

/** The slots of the layout. */
const LAYOUT_SLOTS = [
  'language',
  'subject',
  'preview',
  'brand',
  'heading',
  'paragraphs',
  'button',
  'link',
  'footer',
] as const;
type LayoutValues = Record<Exclude<(typeof LAYOUT_SLOTS)[number], 'paragraphs'>, string> & {
  paragraphs: readonly string[];
};

/** The part with the button, which an e-mail without a link leaves out. */
const BUTTON = /<!-- button -->.*?<!-- \/button -->/s;
const SLOT = /\{\{(\w+)\}\}/g;

function fillLayout(layout: string, hasLink: boolean, values: LayoutValues): string {
  const kept = hasLink ? layout : layout.replace(BUTTON, '');
  return kept.replaceAll(SLOT, (_, slot: keyof LayoutValues) =>
    slot === 'paragraphs'
      ? values.paragraphs.map((paragraph) => `<p style="margin:0 0 16px">${escaped(paragraph)}</p>`).join('')
      : escaped(values[slot]),
  );
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
