import type { Fault } from '../../domain/request-refused.ts';
import { isObject, parseJson } from '../json.ts';
import type { JunctionAnswer } from '../send-request.ts';
import { JunctionUnavailable } from '../unavailable.ts';

/** Junction refused a request, and did nothing. */
export class JunctionRefused extends Error {
  override readonly name = 'JunctionRefused';
  readonly status: number;
  /** What it said; null if that is not a sentence. */
  readonly sentence: string | null;
  /** The fields that it found invalid, without their values. */
  readonly faults: readonly Fault[];

  constructor(status: number, sentence: string | null, faults: readonly Fault[]) {
    // The message can reach a log, where the sentence must not be.
    super(`Junction refused a request: ${status}`);
    this.status = status;
    this.sentence = sentence;
    this.faults = faults;
  }
}

/** Junction gave no usable answer to a request that changes something, so it is not known whether the change was made. */
export class JunctionOutcomeUnknown extends JunctionUnavailable {
  override readonly name = 'JunctionOutcomeUnknown';
}

const MAX_SENTENCE = 300;
/** Values that Junction can quote in its own spelling. Ids, whose groups are of other lengths, stay. */
const PERSONAL = new RegExp(
  [
    /\S+@\S+/,
    // Dates: 1980-05-06, 05/06/1980.
    /\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[/-]\d{1,2}[/-]\d{4}\b/,
    // Telephone numbers: 602-555-0123, +16025550123.
    /(?<![\w-])(?:\+?1[-.\s]?)?\(?\d{3}\)?[-.\s]?\d{3}[-.\s]\d{4}(?![\w-])|\+?\d[\d\s().]{6,}\d/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/**
 * Reads the refusal in an answer, which can quote what was sent: the values of fields are dropped, and in a sentence the
 * strings of `sent` are replaced.
 */
export function refusalIn({ status, bytes }: JunctionAnswer, sent: unknown): JunctionRefused {
  const { detail, message } = parseJson(bytes) as { readonly detail?: unknown; readonly message?: unknown };
  const said = [detail, message].find((one) => typeof one === 'string');
  const sentence = said === undefined ? null : withoutValues(said, stringsIn(sent)).slice(0, MAX_SENTENCE);
  return new JunctionRefused(status ?? 0, sentence, Array.isArray(detail) ? detail.flatMap(faultIn) : []);
}

/** An entry of a validation error: `{loc, msg, type, input}`. Only the place and the type cannot hold a value. */
function faultIn(entry: unknown): Fault[] {
  const { loc, type } = (entry ?? {}) as { readonly loc?: unknown; readonly type?: unknown };
  const path = Array.isArray(loc) ? loc.map(String).filter((part) => part !== 'body') : [];
  const field = path.join('.');
  if (!/^[\w.]{1,100}$/.test(field)) return [];
  const kind = typeof type === 'string' && /^[\w.]{1,60}$/.test(type) ? type : 'invalid';
  return [{ field, detail: `Junction finds it invalid: ${kind}.` }];
}

function withoutValues(sentence: string, values: readonly string[]): string {
  // A longer value, such as an image, is not in it.
  const possible = values.filter(({ length }) => length <= sentence.length);
  const replaced = possible.reduce((text, value) => text.replaceAll(wordsOf(value), '…'), sentence);
  return replaced.replaceAll(PERSONAL, '…');
}

/** Matches the value as whole words, case-insensitively: `ma` must not match in `may`. */
const wordsOf = (value: string) =>
  new RegExp(
    `(?<![\\p{L}\\p{N}])${value.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`,
    'giu',
  );

/** Every string in a value, the longest first, because one can contain another. Ids and codes of tests are not personal. */
function stringsIn(value: unknown): string[] {
  const found = new Set<string>();
  const visit = (one: unknown): void => {
    if (typeof one === 'string' && one.trim().length > 1) found.add(one.trim());
    else if (isObject(one)) for (const inner of Object.values(one)) visit(inner);
  };
  visit(value);
  return [...found].sort((a, b) => b.length - a.length);
}
