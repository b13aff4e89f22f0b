import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { ConfigurationError } from '../../../../lib/configuration/configuration-error.ts';
import { BUTTON, LAYOUT_SLOTS, SLOT } from '../../templates/render.ts';
import {
  FALLBACK_LANGUAGE,
  isTemplateName,
  type LanguageTexts,
  REQUIRED_TEMPLATES,
  type Templates,
} from '../../templates/templates.ts';
import type { SenderSettings } from './sample-messages.ts';
import { faultsOf, fieldFaults } from './text-faults.ts';

/** The files of a directory with templates. */
export interface TemplateFiles {
  /** The text of each YAML file by language: `en`. */
  readonly languages: Readonly<Record<string, string>>;
  /** The HTML layout of the emails, compiled from MJML. */
  readonly layout: string;
}

export interface TextSettings extends SenderSettings {
  /** The language of the messages. */
  readonly language: string;
}

const text = z.string().check(z.minLength(1));
const schema = z.strictObject({
  language: text,
  email_footer: text,
  templates: z.record(
    z.string(),
    z.strictObject({
      sms: text,
      email: z.strictObject({ subject: text, preview: text, heading: text, text, button: text }),
    }),
  ),
});

/**
 * Reads the templates of patient messages.
 *
 * @throws {ConfigurationError} with everything that is wrong in any of the files
 */
export function readTemplates({ languages, layout }: TemplateFiles, settings: TextSettings): Templates {
  const read = Object.entries(languages).map(([tag, yaml]) => ({
    tag,
    ...readLanguage(tag, yaml, settings),
  }));
  const faults = [...languageFaults(languages, settings.language), ...read.flatMap((one) => one.faults)];
  faults.push(...layoutFaults(layout));
  if (faults.length > 0) {
    throw new ConfigurationError(
      faults,
      'Correct the templates of patient messages (docs/patient-messages.md).',
    );
  }
  return {
    languages: Object.fromEntries(read.flatMap(({ tag, texts }) => (texts ? [[tag, texts]] : []))),
    layout,
  };
}

function languageFaults(languages: TemplateFiles['languages'], wanted: string): string[] {
  const needed = new Map([
    [FALLBACK_LANGUAGE, 'Every other language falls back to it.'],
    [wanted, 'It is the language of the messages.'],
  ]);
  return [...needed]
    .filter(([tag]) => languages[tag] === undefined)
    .map(([tag, why]) => `The file ${tag}.yaml is missing. ${why}`);
}

interface ReadLanguage {
  readonly texts?: LanguageTexts;
  readonly faults: string[];
}

function readLanguage(tag: string, yaml: string, settings: SenderSettings): ReadLanguage {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const at = (path: readonly PropertyKey[], says: string) =>
    `${tag}.yaml, line ${lineOf(document, lines, path)}: ${path.length > 0 ? `${path.join('.')} ` : ''}${says}.`;
  if (document.errors.length > 0) {
    return { faults: document.errors.map(({ message }) => `${tag}.yaml: ${message.split('\n', 1)[0]}`) };
  }
  const { success, data, error } = schema.safeParse(document.toJS(), { reportInput: true });
  if (!success) return { faults: error.issues.flatMap((issue) => formFaults(issue, at)) };
  const faults = fieldFaults(['email_footer'], data.email_footer).map(({ path, says }) => at(path, says));
  for (const [name, texts] of Object.entries(data.templates)) {
    const path = ['templates', name];
    if (!isTemplateName(name)) faults.push(at(path, `is not a template. ${KNOWN_TEMPLATES}`));
    else faults.push(...faultsOf(texts, tag, settings).map((one) => at([...path, ...one.path], one.says)));
  }
  if (tag === FALLBACK_LANGUAGE) {
    const missing = REQUIRED_TEMPLATES.filter((name) => data.templates[name] === undefined);
    faults.push(...missing.map((name) => at(['templates'], `has no ${name}`)));
  }
  return { texts: data, faults };
}

const KNOWN_TEMPLATES = `The templates are ${REQUIRED_TEMPLATES.join(', ')}, and reminder_1, reminder_2 and so on`;

/** What is wrong with the form of a file. */
function formFaults(
  issue: z.core.$ZodIssue,
  at: (path: readonly PropertyKey[], says: string) => string,
): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => at([...issue.path, key], 'is unknown. Remove it, or correct its name'));
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  return [
    at(issue.path, missing ? 'is missing or empty' : 'must be a text or a group as in the file en.yaml'),
  ];
}

/** The line of a value, or of its parent if the value is missing. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function layoutFaults(layout: string): string[] {
  const slots = [...layout.matchAll(SLOT)].map(([, slot = '']) => slot);
  const missing = LAYOUT_SLOTS.filter((slot) => !slots.includes(slot)).map((slot) => `lacks {{${slot}}}`);
  const unknown = slots
    .filter((slot) => !LAYOUT_SLOTS.some((known) => known === slot))
    .map((slot) => `has the unknown slot {{${slot}}}`);
  const button = BUTTON.test(layout)
    ? []
    : ['lacks the comments <!-- button --> and <!-- /button --> around the button'];
  return [...missing, ...unknown, ...button].map((says) => `email.html ${says}.`);
}
