import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Receiving } from '../intake/receive.ts';
import type { ApiKey } from '../junction/api-key.ts';
import type { Projection } from '../projection/recompute.ts';
import type { Cursors } from './cursors.ts';
import { jsonBody, pathParameters, queryParameters } from './parameters.ts';

/** What routes answer from. */
export interface Answering {
  readonly projection: Projection;
  readonly cursors: Cursors;
  /** What takes in what was quarantined. */
  readonly receiving: Receiving;
  readonly junction: { readonly baseUrl: string; readonly apiKey: ApiKey };
  /** The team to answer for; null: for every team whose webhooks come. */
  readonly teamId: string | null;
  readonly clock: () => Date;
}

/** A request as API Gateway hands it on. */
export interface Request {
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Milliseconds left to answer. */
  readonly timeLeft: () => number;
}

export type Answer = APIGatewayProxyStructuredResultV2;

type Schema = z.core.$ZodType;

/** What a route reads of a request; what it has no schema for, it does not take. */
interface Reads<Path extends Schema, Query extends Schema, Body extends Schema> {
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

export interface Route {
  readonly reads: Reads<Schema, Schema, Schema>;
  readonly answer: (answering: Answering, request: Request) => Promise<Answer>;
}

/** A route that reads a request by schemas before it answers. */
export function route<Path extends Schema, Query extends Schema, Body extends Schema = z.ZodMiniUndefined>(
  reads: Reads<Path, Query, Body>,
  answer: (answering: Answering, read: Read<Path, Query, Body>) => Promise<Answer>,
): Route {
  return {
    reads,
    answer: (answering, { path, query, body, timeLeft }) =>
      answer(answering, {
        path: pathParameters(reads.path, path),
        query: queryParameters(reads.query, query),
        body: (reads.body && jsonBody(reads.body, body)) as z.core.output<Body>,
        timeLeft,
      }),
  };
}
