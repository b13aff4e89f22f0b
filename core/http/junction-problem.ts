import type { Trouble } from '../junction/unavailable.ts';
import { Problem } from './problem.ts';

/** Junction cannot be asked at all here. */
export function noKey(): Problem {
  return new Problem(
    503,
    'There is no key for the API of Junction here: whoever deployed this has to put one.',
  );
}

/** What a caller is told where Junction gives no answer of use; `retryAfter` in seconds. */
export function junctionProblem(trouble: Trouble, retryAfter?: number): Problem {
  switch (trouble) {
    case 'key_refused':
      return new Problem(502, 'Junction refuses our key: whoever deployed this has to put another one.');
    case 'busy':
      return new Problem(503, 'Junction answers no more requests for now; try again later.', {
        'retry-after': String(retryAfter),
      });
    case 'timeout':
      return new Problem(504, 'Junction did not answer in time; try again.');
    case 'not_known':
      return new Problem(
        502,
        'Junction knows nothing of what it has told of: its key or its address here may be of another team or environment.',
      );
    case 'failed':
    case 'undocumented':
      return new Problem(502, 'Junction did not answer as documented; try again.');
  }
}
