import * as z from 'zod/mini';

/** An answer of API Gateway's own. */
export const gatewayMessage = z.object({ message: z.optional(z.nullable(z.string())) });

/** Answered by API Gateway itself, in a form of its own, also where a function answers with the same status. */
const GATEWAY: Readonly<Record<number, string>> = {
  401: 'No valid token.',
  403: 'The token does not carry the scope.',
  413: 'The body is larger than API Gateway takes.',
  429: 'Too many requests.',
  500: 'Something went wrong here.',
  503: 'It could not be answered now or in time; try again.',
};
const OF_TOKENS = new Set(['401', '403']);

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
const MESSAGE = { 'application/json': { schema: { $ref: '#/components/schemas/Message' } } };

/** What goes wrong, described by status: what a function of ours says of it, and what API Gateway may. */
export function refusals(ours: Readonly<Record<number, string>>, access: 'by token' | 'public'): object {
  const gateway = Object.fromEntries(
    Object.entries(GATEWAY).filter(([status]) => access === 'by token' || !OF_TOKENS.has(status)),
  );
  return Object.fromEntries(
    Object.entries({ ...gateway, ...ours }).map(([status, description]) => [
      status,
      { description, content: { ...(status in ours && PROBLEM), ...(status in gateway && MESSAGE) } },
    ]),
  );
}
