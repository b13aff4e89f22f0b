import { Problem } from '../http/problem.ts';
import type { ResultsAnswer, ResultsRequest } from '../junction/results.ts';
import { byId, noQuery } from './requests.ts';
import { type Answer, type Answering, route } from './route.ts';
import { findTransaction } from './team.ts';

type Form = ResultsRequest['form'];

const CONTENT_TYPES = { json: 'application/json', pdf: 'application/pdf' };
/** Kept back to answer in (ms). */
const RESERVE = 1_500;
/** A function's answer holds 6 MB, in which these bytes stand as base64. */
const MOST_BYTES = 4_400_000;

export const resultRoutes = {
  'GET /v1/transactions/{id}/results': resultsIn('json'),
  'GET /v1/transactions/{id}/results.pdf': resultsIn('pdf'),
};

function resultsIn(form: Form) {
  return route({ path: byId, query: noQuery }, async (answering, { path, timeLeft }) => {
    const { id, provisional } = await findTransaction(answering, path.id);
    if (provisional) {
      throw new Problem(404, 'Junction has not yet said to which transaction this order belongs.');
    }
    return answerOf(await ask(answering, id, form, timeLeft()), id, form);
  });
}

async function ask(
  { junction, clock }: Answering,
  transactionId: string,
  form: Form,
  timeLeft: number,
): Promise<ResultsAnswer> {
  const apiKey = await junction.apiKey.read(clock());
  if (apiKey === null) {
    throw new Problem(
      503,
      'There is no key for the API of Junction here: whoever deployed this has to put one.',
    );
  }
  // The SDK takes longer to load than all of the rest: not for routes that do without.
  const { fetchResults } = await import('../junction/results.ts');
  const timeout = Math.max(1, timeLeft - RESERVE);
  return fetchResults({ baseUrl: junction.baseUrl, apiKey, timeout, transactionId, form });
}

function answerOf(answer: ResultsAnswer, id: string, form: Form): Answer {
  switch (answer.kind) {
    case 'found':
      return pass(answer.bytes, id, form);
    case 'none':
      throw new Problem(404, 'Junction has no results of this transaction, or not yet.');
    case 'key_refused':
      throw new Problem(502, 'Junction refuses our key: whoever deployed this has to put another one.');
    case 'busy':
      throw new Problem(503, 'Junction answers no more requests for now; try again later.', {
        'retry-after': String(answer.retryAfter),
      });
    case 'timeout':
      throw new Problem(504, 'Junction did not answer in time; try again.');
    case 'failed':
      throw new Problem(502, 'Junction did not answer as documented; try again.');
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
