import * as z from 'zod/mini';

/** The body of API Gateway's own errors. */
export const gatewayMessage = z.object({ message: z.optional(z.nullable(z.string())) });

/** Errors that API Gateway answers itself, with a body of its own, even for a status that functions answer too. */
const GATEWAY: Readonly<Record<number, string>> = {
  401: 'The token is missing or invalid.',
  403: 'The token does not have the required scope.',
  413: 'The body is larger than API Gateway accepts.',
  429: 'Too many requests.',
  500: 'Internal error.',
  503: 'The service is unavailable or did not respond in time. Try again.',
};
const OF_TOKENS = new Set(['401', '403']);

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
const MESSAGE = { 'application/json': { schema: { $ref: '#/components/schemas/Message' } } };

/** The error answers by status: those of our functions, and those of API Gateway. */
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
