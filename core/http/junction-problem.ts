import type { JunctionUnavailable } from '../junction/unavailable.ts';
import { Problem } from './problem.ts';

/** The answer if no API key for Junction is configured. */
export function noKey(): Problem {
  return new Problem(
    503,
    'No API key for Junction is configured. The operator of this deployment must add one.',
  );
}

/** The answer if Junction gave none that can be used. */
export function junctionProblem({ reason, retryAfter }: JunctionUnavailable): Problem {
  switch (reason) {
    case 'key_refused':
      return new Problem(
        502,
        'Junction rejects the configured API key. The operator of this deployment must replace it.',
      );
    case 'busy':
      return new Problem(503, 'Junction limits the rate of requests. Try again later.', {
        'retry-after': String(retryAfter),
      });
    case 'timeout':
      return new Problem(504, 'Junction did not respond in time. Try again.');
    case 'not_known':
      return new Problem(
        502,
        'Junction does not know this transaction, although it reported it. The configured API key or base URL may belong to another team or environment.',
      );
    case 'not_enabled':
      return new Problem(409, 'Junction has not enabled this for your team.');
    case 'too_large':
      return new Problem(
        502,
        'The document is too large to pass through. Request it from Junction directly.',
      );
    case 'failed':
    case 'undocumented':
      return new Problem(502, 'Junction returned no usable response. Try again.');
  }
}
