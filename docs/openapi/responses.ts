import * as z from 'zod/mini';
import { describe } from '../../core/domain/describe.ts';
import { titleOf } from '../../core/http/problem.ts';
import type { ProblemAnswer } from './operations/problems.ts';
import type { JsonSchema } from './schemas.ts';

/** The body of API Gateway's own errors. */
export const gatewayMessage = z.object({ message: z.optional(z.nullable(z.string())) });
DOCS: describe(gatewayMessage, {
  id: 'Message',
  description: 'An error that API Gateway answers itself.',
  properties: { message: 'The name of the error.' },
});

/** Errors that API Gateway answers itself, with a body of its own, even for a status that functions answer too. */
const GATEWAY: Readonly<Record<string, readonly [name: string, description: string, message: string]>> = {
  401: ['Unauthorized', 'The token is missing or invalid.', 'Unauthorized'],
  403: ['Forbidden', 'The token does not have the required scope.', 'Forbidden'],
  413: ['GatewayTooLarge', 'The body is larger than API Gateway accepts.', 'Request Entity Too Large'],
  429: ['TooManyRequests', 'Too many requests.', 'Too Many Requests'],
  500: ['GatewayError', 'Internal error.', 'Internal Server Error'],
  503: [
    'GatewayUnavailable',
    'The service is unavailable or did not respond in time. Try again.',
    'Service Unavailable',
  ],
};
const OF_TOKENS = new Set(['401', '403']);

const RETRY_AFTER = { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } };

/** The headers of responses that have a name. */
export const headers = {
  RetryAfter: {
    description:
      'After how many seconds the same request may succeed. Only this API sends it, not API Gateway.',
    schema: { type: 'integer', minimum: 1 },
    example: 5,
  },
};

/** The responses that have a name, collected while the operations are described. */
export class Responses {
  readonly components: Record<string, JsonSchema> = {};

  /** The error answers by status: those of our functions, and those of API Gateway. */
  of(ours: Readonly<Record<string, ProblemAnswer>>, access: 'by token' | 'public'): JsonSchema {
    const ofGateway = Object.keys(GATEWAY).filter(
      (status) => access === 'by token' || !OF_TOKENS.has(status),
    );
    const statuses = [...new Set([...ofGateway, ...Object.keys(ours)])];
    return Object.fromEntries(
      statuses.map((status) => [status, this.#one(status, ours[status], ofGateway.includes(status))]),
    );
  }

  #one(status: string, ours: ProblemAnswer | undefined, gateway: boolean): JsonSchema {
    const [name = '', description = '', message = ''] = GATEWAY[status] ?? [];
    const response = {
      description: ours?.description ?? description,
      ...(ours?.retryAfter && RETRY_AFTER),
      content: { ...(ours && problemOf(status, ours)), ...(gateway && messageOf(message)) },
    };
    const id = ours ? ours.name : name;
    if (id === undefined) return response;
    const before = this.components[id];
    if (before && JSON.stringify(before) !== JSON.stringify(response)) {
      throw new Error(`Two responses have the name ${id}.`);
    }
    this.components[id] = response;
    return { $ref: `#/components/responses/${id}` };
  }
}

function problemOf(status: string, { detail }: ProblemAnswer) {
  const example = { type: 'about:blank', title: titleOf(Number(status)), status: Number(status), detail };
  return { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example } };
}

function messageOf(message: string) {
  return { 'application/json': { schema: { $ref: '#/components/schemas/Message' }, example: { message } } };
}
