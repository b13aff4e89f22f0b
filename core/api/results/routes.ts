import { junctionProblem, noKey } from '../../http/junction-problem.ts';
import { Problem } from '../../http/problem.ts';
import { byId, noQuery } from '../../http/request-fields.ts';
import { type Answer, type Route, route } from '../../http/route.ts';
import type { resultScopes } from '../../http/scopes.ts';
import type { ApiKey } from '../../junction/api-key.ts';
import type { JunctionClient } from '../../junction/client.ts';
import { JunctionUnavailable } from '../../junction/unavailable.ts';
import { findTransaction, type TeamContext } from '../../use-cases/team-visibility.ts';

export interface ResultsContext extends TeamContext {
  readonly apiKey: ApiKey;
  /** A client that stops after the milliseconds that are left. */
  readonly junction: (apiKey: string, timeLeft: () => number) => JunctionClient;
  readonly clock: () => Date;
}

type Format = 'json' | 'pdf';

const CONTENT_TYPES = { json: 'application/json', pdf: 'application/pdf' };
/** Kept back for the entry in the audit trail and the answer (ms). */
const RESERVE = 4_000;
/** Lambda limits an answer to 6 MB, and base64 adds a third. */
const MAX_BYTES = 4_400_000;

/** The routes of the results function, by API Gateway's route key. */
export const routes: Readonly<Record<keyof typeof resultScopes, Route<ResultsContext>>> = {
  'GET /v1/transactions/{id}/results': resultsAs('json'),
  'GET /v1/transactions/{id}/results.pdf': resultsAs('pdf'),
};

function resultsAs(format: Format): Route<ResultsContext> {
  return route(
    { path: byId, query: noQuery },
    async (context: ResultsContext, { path, timeLeft }) => {
      const { id, provisional } = await findTransaction(context, path.id);
      if (provisional) {
        throw new Problem(404, 'Junction has not yet reported the transaction of this order.');
      }
      const apiKey = await context.apiKey.read(context.clock());
      if (apiKey === null) throw noKey();
      const junction = context.junction(apiKey, () => timeLeft() - RESERVE);
      const results = await resultsOf(junction, id, format);
      if (!results) throw new Problem(404, 'Junction has no results for this transaction yet.');
      return pass(results, id, format);
    },
    { action: 'results.read', changes: false, inPath: ({ id }) => ({ transaction_id: id }) },
  );
}

async function resultsOf(junction: JunctionClient, id: string, format: Format): Promise<Buffer | null> {
  try {
    return await junction.results(id, format);
  } catch (error) {
    if (error instanceof JunctionUnavailable) throw junctionProblem(error);
    throw error;
  }
}

/** Passes the bytes on unchanged, and forbids caching. */
function pass(bytes: Buffer, id: string, format: Format): Answer {
  if (bytes.length > MAX_BYTES) {
    throw new Problem(502, 'These results are too large to pass through. Request them from Junction.');
  }
  const isText = format === 'json';
  return {
    statusCode: 200,
    headers: {
      'content-type': CONTENT_TYPES[format],
      'cache-control': 'no-store',
      ...(isText ? {} : { 'content-disposition': `inline; filename="results-${id}.pdf"` }),
    },
    body: bytes.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  };
}
