import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type CandidateOrder, type Fault, RequestRefused } from '../domain/request-refused.ts';
import type { ShownProblem } from './problem-schema.ts';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The name of a status. */
export const titleOf = (status: number) => TITLES[status] ?? 'Error';

/** The members of a problem that only some have. */
interface Extensions {
  readonly errors?: readonly Fault[] | undefined;
  readonly candidates?: readonly CandidateOrder[] | undefined;
}

/** An error for the caller (RFC 9457). Callers see `detail`, so it must not contain internal details. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly extensions: Extensions;

  constructor(
    status: number,
    detail: string,
    headers: Readonly<Record<string, string>> = {},
    extensions: Extensions = {},
  ) {
    super(detail);
    this.status = status;
    this.headers = headers;
    this.extensions = extensions;
  }
}

/** A problem as the API shows it: nothing else that a fault or an order may have. */
export function showProblem({ status, message, extensions: { errors, candidates } }: Problem): ShownProblem {
  return {
    type: 'about:blank',
    title: titleOf(status),
    status,
    detail: message,
    ...(errors && { errors: errors.map(({ field, detail }) => ({ field, detail })) }),
    ...(candidates && {
      candidates: candidates.map(({ order_id, order_transaction_id, created_at }) => ({
        order_id,
        order_transaction_id,
        created_at,
      })),
    }),
  };
}

function problemResponse(of: Problem): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: of.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...of.headers },
    body: JSON.stringify(showProblem(of)),
  };
}

/** A JSON answer. */
export function json(statusCode: number, body: unknown): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
}

const STATUS_OF_REFUSAL = { invalid: 400, not_found: 404, conflict: 409, not_a_repeat: 422 } as const;

/** The problem that an error is to the caller; null if the error is internal. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (!(error instanceof RequestRefused)) return null;
  const { kind, message, faults: errors, candidates, retryAfter } = error;
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return new Problem(STATUS_OF_REFUSAL[kind], message, headers, { errors, candidates });
}

/**
 * The one place that turns errors into answers. A Problem or a RequestRefused is answered as it is. Any other error goes to
 * `report`, and `otherwise` gives its answer, which must not reveal the cause.
 */
export function problemDetails<Event, Result>(
  report: (error: unknown) => void,
  otherwise: (error: unknown) => Problem,
): MiddlewareObj<Event, Result | APIGatewayProxyStructuredResultV2> {
  return {
    onError: (request) => {
      const { error } = request;
      const shown = problemOf(error);
      if (!shown) report(error);
      request.response = problemResponse(shown ?? otherwise(error));
    },
  };
}
