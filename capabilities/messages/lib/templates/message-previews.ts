import { TEMPLATES } from '../../rules/message.ts';
import type { MessageFields } from '../../templates/fields.ts';
import { type EmailParts, emailParts, renderEmail, renderSms } from '../../templates/render.ts';
import { ANY_REMINDER, type Templates, type TemplateTexts } from '../../templates/templates.ts';
import { everythingKnown, littleKnown, type SenderSettings } from './sample-messages.ts';
import { type SmsLength, smsLength } from './sms-length.ts';

/** Every message in every language, with sample patients, and what the page needs to show one to a patient. */
export interface MessagePreviews {
  readonly languages: readonly { readonly tag: string; readonly name: string }[];
  readonly messages: readonly MessagePreview[];
  readonly texts: TemplateTexts;
  readonly sender: Pick<SenderSettings, 'brand' | 'link' | 'phone' | 'markersInSms'>;
}

export interface MessagePreview {
  readonly template: string;
  /** The language asked for: a tag of `languages`. `email.language` is the one that the texts are in. */
  readonly language: string;
  /** `everything`: all fields have values. `little`: optional fields use their fallback. */
  readonly known: 'everything' | 'little';
  readonly sms: SmsLength & { readonly text: string };
  readonly email: EmailParts & { readonly text: string };
}

/** The templates and languages to choose from. */
export function messagePreviews(templates: Templates, settings: SenderSettings): MessagePreviews {
  const languages = Object.entries(templates.languages).map(([tag, { language }]) => ({
    tag,
    name: language,
  }));
  const samples = [
    ['everything', everythingKnown(settings)],
    ['little', littleKnown(settings)],
  ] as const;
  const { brand, link, phone, markersInSms } = settings;
  return {
    languages,
    texts: { languages: templates.languages },
    sender: { brand, link, phone, markersInSms },
    messages: namesOf(templates).flatMap((template) =>
      languages.flatMap(({ tag }) =>
        samples.map(([known, fields]) => ({
          known,
          ...previewOf(templates, { template, language: tag }, fields, settings),
        })),
      ),
    ),
  };
}

function previewOf(
  templates: Templates,
  choice: { readonly template: string; readonly language: string },
  fields: MessageFields,
  settings: SenderSettings,
): Omit<MessagePreview, 'known'> {
  const sms = renderSms(templates, choice, fields, settings);
  const { text } = renderEmail(templates, choice, fields);
  return {
    ...choice,
    sms: { text: sms, ...smsLength(sms) },
    email: { ...emailParts(templates, choice, fields), text },
  };
}

/** All templates, in the order of a redraw, with reminders that have texts of their own in any language. */
function namesOf({ languages }: Templates): string[] {
  const own = new Set(Object.values(languages).flatMap(({ templates }) => Object.keys(templates)));
  const reminders = [...own].filter((name) => /^reminder_/.test(name)).sort();
  return [...TEMPLATES.slice(0, -1), ANY_REMINDER, ...reminders, ...TEMPLATES.slice(-1)];
}
