/** A refusal of the API. */
export interface ProblemAnswer {
  /** The name of the response, if several operations have it. */
  readonly name?: string;
  /** When it happens. */
  readonly description: string;
  /** The `detail` of one that happens. */
  readonly detail: string;
  /** Whether it can have the header `Retry-After`. */
  readonly retryAfter?: true;
}

export type Problems = Readonly<Record<number, ProblemAnswer>>;

export const NO_TRANSACTION: ProblemAnswer = {
  name: 'TransactionNotFound',
  description: 'The transaction does not exist.',
  detail: 'There is no transaction with this ID.',
};
export const NO_ORDER: ProblemAnswer = {
  name: 'OrderNotFound',
  description: 'The order does not exist.',
  detail: 'There is no order with this ID.',
};
export const NO_MATCH_REVIEW: ProblemAnswer = {
  name: 'MatchReviewNotFound',
  description: 'The match review does not exist.',
  detail: 'There is no match review with this ID.',
};
export const NO_WEBHOOK: ProblemAnswer = {
  name: 'WebhookNotFound',
  description: 'No webhook with this ID is in quarantine. It may have expired.',
  detail: 'There is no quarantined webhook with this ID. It may have expired.',
};
export const NO_USER: ProblemAnswer = {
  name: 'UserNotFound',
  description: 'No transaction has this user.',
  detail: 'There is no user with this ID.',
};
export const NOT_THAT_PERSON: ProblemAnswer = {
  name: 'NotThatPerson',
  description:
    'The token does not have the required scope or does not identify the caller, or is that of a person and has no verified email address, or has another one than `by`. Nothing was changed.',
  detail: 'You can act only in your own name. by must be olivia@example.com.',
};

export const NO_NAME: ProblemAnswer = {
  name: 'NoPatientName',
  description: 'The transaction does not exist, Junction has no name, or the deployment does not show names.',
  detail: 'This deployment does not show the names of patients.',
};

const JUNCTION_FAILED: ProblemAnswer = {
  name: 'JunctionFailed',
  description: 'Junction rejects the configured API key, or returns no usable response.',
  detail: 'Junction returned no usable response. Try again.',
};
const JUNCTION_BUSY: ProblemAnswer = {
  name: 'JunctionUnavailable',
  description:
    'No API key for Junction is configured, Junction limits the rate of requests, or the store is not available. See `Retry-After`.',
  detail: 'Junction limits the rate of requests. Try again later.',
  retryAfter: true,
};
const JUNCTION_SLOW: ProblemAnswer = {
  name: 'JunctionTimeout',
  description: 'Junction did not respond in time.',
  detail: 'Junction did not respond in time. Try again.',
};
/** Of routes that ask Junction. */
export const OF_JUNCTION: Problems = { 502: JUNCTION_FAILED, 503: JUNCTION_BUSY, 504: JUNCTION_SLOW };

export const NO_RESULTS_OF_TRANSACTION: ProblemAnswer = {
  name: 'TransactionResultsNotFound',
  description:
    'The transaction does not exist, Junction has not yet reported the transaction of this order, or Junction has no results for it.',
  detail: 'Junction has no results for this transaction yet.',
};
export const NOTHING_OF_ORDER: ProblemAnswer = {
  name: 'OrderDocumentNotFound',
  description: 'The order does not exist, or Junction does not have it yet.',
  detail: 'There is no order with this ID.',
};

/** Of routes that change something at Junction. */
export const BY_JUNCTION: Problems = {
  502: {
    name: 'JunctionChangeFailed',
    description:
      'Junction rejects the configured API key, or returns no usable response. `detail` says whether Junction may have made the change anyway.',
    detail:
      'Junction did not confirm the change but may have made it. Check the order before you repeat the request.',
  },
  503: JUNCTION_BUSY,
  504: {
    name: 'JunctionChangeTimeout',
    description:
      'Junction did not respond in time. `detail` says whether Junction may have made the change anyway.',
    detail:
      'Junction did not confirm the change but may have made it. Check the order before you repeat the request.',
  },
};

/** Of every route. What a route says itself comes first. */
export const OF_EVERY_ROUTE = {
  400: {
    name: 'BadRequest',
    description: 'A parameter, the body or a cursor is invalid. `detail` says which one and why.',
    detail: 'The parameter limit is invalid: it must be between 1 and 100.',
  },
  500: { name: 'InternalError', description: 'Internal error.', detail: 'Internal error.' },
  503: {
    name: 'Unavailable',
    description: 'The store is not available. See `Retry-After`.',
    detail: 'The store is currently unavailable. Try again.',
    retryAfter: true,
  },
} as const satisfies Problems;
