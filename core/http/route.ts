import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import { jsonBody, pathParameters, queryParameters } from './parameters.ts';

/** A request as API Gateway hands it on. */
interface Request {
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The query's names that are given more than once. */
  readonly repeated: readonly string[];
  readonly body: Buffer;
  /** Milliseconds left to answer. */
  readonly timeLeft: () => number;
}

export type Answer = APIGatewayProxyStructuredResultV2;

type Schema = z.core.$ZodType;

/** What a route reads of a request; what it has no schema for, it does not take. */
export interface Reads<
  Path extends Schema = Schema,
  Query extends Schema = Schema,
  Body extends Schema = Schema,
> {
  readonly path: Path;
  readonly query: Query;
  readonly body?: Body;
}

interface Read<Path extends Schema, Query extends Schema, Body extends Schema> {
  readonly path: z.core.output<Path>;
  readonly query: z.core.output<Query>;
  readonly body: z.core.output<Body>;
  readonly timeLeft: () => number;
}

/** A route that answers from what it is given. */
export interface Route<From> {
  readonly reads: Reads;
  readonly answer: (from: From, request: Request) => Promise<Answer>;
}

/** A route that reads a request by schemas before it answers. */
export function route<
  From,
  Path extends Schema,
  Query extends Schema,
  Body extends Schema = z.ZodMiniUndefined,
>(
  reads: Reads<Path, Query, Body>,
  answer: (from: From, read: Read<Path, Query, Body>) => Promise<Answer>,
): Route<From> {
  return {
    reads,
    answer: (from, { path, query, repeated, body, timeLeft }) =>
      answer(from, {
        path: pathParameters(reads.path, path),
        query: queryParameters(reads.query, query, repeated),
        body: (reads.body && jsonBody(reads.body, body)) as z.core.output<Body>,
        timeLeft,
      }),
  };
}
