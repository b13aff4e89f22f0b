import { TEMPLATES } from '../rules/message.ts';

/** The checked templates of patient messages: the contents of `templates.json` beside the bundle that sends them. */
export interface Templates {
  /** By language, `en` or `es`. English has every template. Other languages fall back to it. */
  readonly languages: Readonly<Record<string, LanguageTexts>>;
  /** The HTML of an e-mail, compiled from MJML, with slots such as `{{heading}}`. */
  readonly layout: string;
}

export interface LanguageTexts {
  /** Its native name: `English`, `Español`. */
  readonly language: string;
  /** The small print below each e-mail. */
  readonly email_footer: string;
  readonly templates: Readonly<Record<string, MessageTexts>>;
}

/** The texts of one template, with fields such as `{brand}` and `{lab|the lab}`. */
export interface MessageTexts {
  readonly sms: string;
  readonly email: EmailTexts;
}

export interface EmailTexts {
  readonly subject: string;
  /** The preview text that a mail program shows after the subject. */
  readonly preview: string;
  readonly heading: string;
  /** Paragraphs, separated by empty lines. */
  readonly text: string;
  /** The label of the link. */
  readonly button: string;
}

export const FALLBACK_LANGUAGE = 'en';
/** Stands for every `reminder_1`, `reminder_2`, … that has no text of its own. */
export const ANY_REMINDER = 'reminder';
/** The texts that English must have. */
export const REQUIRED_TEMPLATES = [...TEMPLATES, ANY_REMINDER] as const;

const REMINDER = /^reminder_[1-9]\d*$/;

/** Whether a message can have this name: one of the above, or `reminder_1`, `reminder_2`, … */
export function isTemplateName(name: string): boolean {
  return REQUIRED_TEMPLATES.some((required) => required === name) || REMINDER.test(name);
}

/** The templates without the layout of emails. */
export type TemplateTexts = Pick<Templates, 'languages'>;

/** The texts of a template and the language that they are in, which is English if the one asked for has none. */
export interface FoundTexts extends MessageTexts {
  /** A BCP 47 tag: `en`, `es`. */
  readonly tag: string;
  readonly footer: string;
}

/** @throws {Error} if the templates do not have the name, which the check at synthesis excludes */
export function textsOf(templates: TemplateTexts, template: string, language: string): FoundTexts {
  for (const tag of [language, FALLBACK_LANGUAGE]) {
    const inLanguage = templates.languages[tag];
    const texts =
      inLanguage?.templates[template] ??
      (REMINDER.test(template) ? inLanguage?.templates[ANY_REMINDER] : undefined);
    if (inLanguage && texts) return { ...texts, tag, footer: inLanguage.email_footer };
  }
  throw new Error(`There is no template ${template}.`);
}
