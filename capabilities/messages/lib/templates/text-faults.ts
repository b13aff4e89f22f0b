import { ALWAYS_KNOWN, FIELD_NAMES, fieldsIn } from '../../templates/fields.ts';
import type { MessageTexts } from '../../templates/templates.ts';
import { longestSms, type SenderSettings } from './sample-messages.ts';
import { smsLength } from './sms-length.ts';

/** What is wrong with a text, and where it is in its template. */
export interface TextFault {
  readonly path: readonly string[];
  /** The end of a sentence that begins with the name of the text. */
  readonly says: string;
}

/** More parts cost more and may arrive out of order. */
const MAX_PARTS = 3;
/** These texts are visible on a locked phone. */
const SEEN_BY_OTHERS = ['subject', 'preview'];
const PRIVATE_FIELDS = ['missing_markers', 'first_name'];

/** Everything that is wrong with the texts of one template. */
export function faultsOf(texts: MessageTexts, language: string, settings: SenderSettings): TextFault[] {
  return [
    ...fieldFaults(['sms'], texts.sms),
    ...smsFaults(texts.sms, language, settings).map((says) => ({ path: ['sms'], says })),
    ...Object.entries(texts.email).flatMap(([part, text]) => fieldFaults(['email', part], text)),
    ...SEEN_BY_OTHERS.flatMap((part) =>
      privacyFaults(part, texts.email[part as keyof MessageTexts['email']]),
    ),
  ];
}

/** What is wrong with the fields of a text. */
export function fieldFaults(path: readonly string[], text: string): TextFault[] {
  const fields = fieldsIn(text);
  const found: string[] = [];
  for (const { name, fallback } of fields) {
    if (!FIELD_NAMES.some((known) => known === name)) {
      found.push(`has the unknown field {${name}}. The fields are {${FIELD_NAMES.join('}, {')}}`);
    } else if (fallback === undefined && name !== ALWAYS_KNOWN) {
      found.push(
        `has {${name}} without a fallback. Write {${name}|…} with the words to use if it is unknown`,
      );
    }
  }
  const rest = fields.reduce((left, { source }) => left.replace(source, ''), text);
  if (/[{}]/.test(rest))
    found.push('has a brace that belongs to no field. A field is {name} or {name|fallback}');
  return found.map((says) => ({ path, says }));
}

function privacyFaults(part: string, text: string): TextFault[] {
  const fields = fieldsIn(text).filter(({ name }) => PRIVATE_FIELDS.includes(name));
  return fields.map(({ name }) => ({
    path: ['email', part],
    says: `has {${name}}, which others could see on a locked phone. Use it in the text only`,
  }));
}

function smsFaults(sms: string, language: string, settings: SenderSettings): string[] {
  const found: string[] = [];
  if (!fieldsIn(sms).some(({ name }) => name === ALWAYS_KNOWN))
    found.push('does not say who it is from. Use {brand}');
  if (!/\bSTOP\b/.test(sms)) {
    found.push('does not say how to opt out. Add a sentence with the word STOP: Reply STOP to opt out.');
  }
  const { parts, encoding, expensiveCharacters } = smsLength(longestSms(sms, language, settings));
  if (parts > MAX_PARTS) {
    const expensive = encoding === 'UCS-2' ? ` or avoid ${expensiveCharacters.join(' ')}` : '';
    found.push(`can be ${parts} parts long, and ${MAX_PARTS} are allowed. Shorten it${expensive}`);
  }
  return found;
}
