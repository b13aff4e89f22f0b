import { isKnownStatus } from '../../../core/domain/order/status.ts';
import type { Fault } from '../../../core/domain/request-refused.ts';
import { isObject, parseJson } from '../../../core/junction/json.ts';
import type { JunctionAnswer } from '../../../core/junction/send-request.ts';
import { JunctionUnavailable } from '../../../core/junction/unavailable.ts';
import { isFaultType, isFieldName, SENTENCES } from './shown-refusals.ts';

/** Junction refused a request, and did nothing. */
export class JunctionRefused extends Error {
  override readonly name = 'JunctionRefused';
  readonly status: number;
  /** What it said; null if that is not known to be free of patient data. */
  readonly sentence: string | null;
  /** The fields that it found invalid, without their values. */
  readonly faults: readonly Fault[];

  constructor(status: number, sentence: string | null, faults: readonly Fault[]) {
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
const MAX_FAULTS = 100;
const TRANSITION = /^Transition from ([a-z_]+) to cancelled is not allowed\.?$/;
const NOT_FOUND = /^Lab test [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12} not found\.?$/i;

/**
 * Reads the refusal in an answer. It can quote the patient, also what Junction has on file, so only what is known to be free of
 * patient data passes.
 */
export function refusalIn({ status, bytes }: JunctionAnswer): JunctionRefused {
  const { detail, message } = parseJson(bytes) as { readonly detail?: unknown; readonly message?: unknown };
  const sentence = [detail, message].map(shownSentence).find((one) => one !== null) ?? null;
  const faults = Array.isArray(detail) ? detail.slice(0, MAX_FAULTS).flatMap(faultIn) : [];
  return new JunctionRefused(status ?? 0, sentence, faults);
}

function shownSentence(said: unknown): string | null {
  if (typeof said !== 'string' || said.length > MAX_SENTENCE) return null;
  const sentence = said.trim();
  const status = TRANSITION.exec(sentence)?.[1];
  if (status !== undefined) return isKnownStatus(status) ? sentence : null;
  if (NOT_FOUND.test(sentence)) return sentence;
  // What follows a colon or a dash is a value.
  return SENTENCES.find((one) => [one, `${one}.`].includes(sentence) || startsWith(sentence, one)) ?? null;
}

const startsWith = (sentence: string, known: string) =>
  sentence.startsWith(`${known}: `) || sentence.startsWith(`${known} - `);

/** An entry of a validation error: `{loc, msg, type, input}`. Only the place and the type can be free of values. */
function faultIn(entry: unknown): Fault[] {
  if (!isObject(entry)) return [];
  const { loc, type } = entry as { readonly loc?: unknown; readonly type?: unknown };
  const path = Array.isArray(loc) ? loc.filter((part) => part !== 'body') : [];
  if (path.length === 0 || !path.every(isFieldName)) return [];
  return [
    { field: path.join('.'), detail: `Junction finds it invalid: ${isFaultType(type) ? type : 'invalid'}.` },
  ];
}
