import { junctionProblem, noKey } from '../http/junction-problem.ts';
import { Problem } from '../http/problem.ts';
import { resultReads } from '../http/requests.ts';
import { type Answer, type Route, route } from '../http/route.ts';
import type { resultScopes } from '../http/scopes.ts';
import type { ApiKey } from '../junction/api-key.ts';
import { fetchResults, type ResultsAnswer, type ResultsRequest } from '../junction/results.ts';
import { findTransaction, type Shown } from '../use-cases/team-visibility.ts';

/** What results are passed on from. */
export interface Passing extends Shown {
  readonly baseUrl: string;
  readonly apiKey: ApiKey;
  readonly clock: () => Date;
}

type Form = ResultsRequest['form'];

const CONTENT_TYPES = { json: 'application/json', pdf: 'application/pdf' };
/** Kept back to answer in (ms). */
const RESERVE = 1_500;
/** A function's answer holds 6 MB, in which these bytes stand as base64. */
const MOST_BYTES = 4_400_000;

/** Every route of the results function, by API Gateway's route key. */
export const routes: Readonly<Record<keyof typeof resultScopes, Route<Passing>>> = {
  'GET /v1/transactions/{id}/results': resultsIn('json'),
  'GET /v1/transactions/{id}/results.pdf': resultsIn('pdf'),
};

function resultsIn(form: Form): Route<Passing> {
  return route(resultReads, async (passing: Passing, { path, timeLeft }) => {
    const { id, provisional } = await findTransaction(passing, path.id);
    if (provisional) {
      throw new Problem(404, 'Junction has not yet said to which transaction this order belongs.');
    }
    const apiKey = await passing.apiKey.read(passing.clock());
    if (apiKey === null) throw noKey();
    const timeout = Math.max(1, timeLeft() - RESERVE);
    const asked = { baseUrl: passing.baseUrl, apiKey, timeout, transactionId: id, form };
    return answerOf(await fetchResults(asked), id, form);
  });
}

function answerOf(answer: ResultsAnswer, id: string, form: Form): Answer {
  switch (answer.kind) {
    case 'found':
      return pass(answer.bytes, id, form);
    case 'none':
      throw new Problem(404, 'Junction has no results of this transaction, or not yet.');
    case 'busy':
      throw junctionProblem('busy', answer.retryAfter);
    default:
      throw junctionProblem(answer.kind);
  }
}

/** Hands the bytes on as they came, and asks everybody on the way to keep no copy. */
function pass(bytes: Buffer, id: string, form: Form): Answer {
  if (bytes.length > MOST_BYTES) {
    throw new Problem(502, 'These results are too large to be passed on: ask Junction for them.');
  }
  const text = form === 'json';
  return {
    statusCode: 200,
    headers: {
      'content-type': CONTENT_TYPES[form],
      'cache-control': 'no-store',
      ...(text ? {} : { 'content-disposition': `inline; filename="results-${id}.pdf"` }),
    },
    body: bytes.toString(text ? 'utf8' : 'base64'),
    isBase64Encoded: !text,
  };
}
