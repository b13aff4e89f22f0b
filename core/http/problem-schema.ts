import * as z from 'zod/mini';
import { describe } from '../domain/describe.ts';

const text = z.string();

const fault = z.object({ field: text, detail: text });
DOCS: describe(fault, {
  id: 'Fault',
  description: 'A fault of one field of the body.',
  properties: { field: 'The path of the field.', detail: 'What is wrong with it.' },
});

const candidate = z.object({
  order_id: text,
  order_transaction_id: z.nullable(text),
  created_at: z.nullable(text),
});
DOCS: describe(candidate, {
  id: 'CandidateOrder',
  description: 'An order that may be the one whose outcome is not known.',
  properties: {
    order_id: 'The ID of the order.',
    order_transaction_id: 'The ID of its transaction; null if it is not known.',
    created_at: 'When Junction created it; null if that is not known.',
  },
});

/** An error answer (RFC 9457). */
export const problem = z.object({
  type: text,
  title: text,
  status: z.int(),
  detail: text,
  errors: z.optional(z.array(fault)),
  candidates: z.optional(z.array(candidate)),
});
DOCS: describe(problem, {
  id: 'Problem',
  description: 'Why a request was refused (RFC 9457).',
  properties: {
    type: 'Always `about:blank`: the status says what kind of problem it is.',
    title: 'The name of the status.',
    status: 'The HTTP status.',
    detail: 'What is wrong, in a sentence.',
    errors: 'Every fault of a body that can have several.',
    candidates: 'The orders that may be the one whose outcome is not known.',
  },
});

export type ShownProblem = z.output<typeof problem>;
