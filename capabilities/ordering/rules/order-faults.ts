import type * as z from 'zod/mini';
import type { Fault } from '../../../core/domain/request-refused.ts';
import { addressFaults } from './address-rules.ts';
import { billingFaults } from './billing-rules.ts';
import type { Circumstances } from './circumstances.ts';
import { draftOf, orderRequest } from './order-request.ts';
import { patientFaults } from './patient-rules.ts';
import { modalityOf, selectionFaults } from './selection-rules.ts';

/**
 * Every error in an order request that can be found without placing it, in format and by the documented rules. Empty if Junction
 * may accept it.
 */
export function orderFaults(body: unknown, circumstances: Circumstances): Fault[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return [{ field: '', detail: 'The body must be a JSON object.' }];
  }
  const draft = draftOf(body);
  const modality = modalityOf(draft, circumstances);
  return [
    ...formFaults(body),
    ...selectionFaults(draft, circumstances),
    ...patientFaults(draft, modality, circumstances),
    ...addressFaults(draft, modality, circumstances),
    ...billingFaults(draft),
  ];
}

function formFaults(body: object): Fault[] {
  const { error } = orderRequest.safeParse(body);
  return (error?.issues ?? []).map((issue) => ({
    field: issue.path.map(String).join('.'),
    detail: sentenceOf(issue, body),
  }));
}

/** Says what is wrong without the value, which may be patient data. */
function sentenceOf(issue: z.core.$ZodIssue, body: object): string {
  if (isAbsent(issue.path, body)) return 'It is missing.';
  switch (issue.code) {
    case 'invalid_type':
      return `It must be ${KINDS[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `It must be one of ${issue.values.map(String).join(', ')}.`;
    case 'too_small':
      return 'It must not be empty.';
    default:
      return issue.message;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function isAbsent(path: readonly PropertyKey[], body: object): boolean {
  let at: unknown = body;
  for (const name of path) at = (at as Record<PropertyKey, unknown> | null | undefined)?.[name];
  return at === undefined;
}
