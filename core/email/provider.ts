/** The provider refused the message for good. */
export class Refused extends Error {
  override readonly name = 'Refused';
  /** The provider's code. */
  readonly reason: string;
  /** Whether the patient has opted out at the provider. */
  readonly optedOut: boolean;

  constructor(reason: string, optedOut = false) {
    super(`the provider refused the message: ${reason}`);
    this.reason = reason;
    this.optedOut = optedOut;
  }
}

/** The provider did not accept the message, and may accept it later. */
export class Throttled extends Error {
  override readonly name = 'Throttled';
  readonly reason: string;

  constructor(reason: string) {
    super(`the provider takes no messages now: ${reason}`);
    this.reason = reason;
  }
}

/** The outcome is unknown. The provider may have accepted the message. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
  readonly reason: string;

  constructor(reason: string) {
    super(`the provider gave no clear answer: ${reason}`);
    this.reason = reason;
  }
}

/** The provider's id of a message that it took. */
export interface Accepted {
  readonly providerId: string | null;
}

export interface Email {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Returned in the provider's events. */
  readonly ref: string;
}

/**
 * Sends an email at most once.
 *
 * @throws Refused, Throttled or OutcomeUnknown
 */
export interface EmailProvider {
  readonly sendEmail: (email: Email) => Promise<Accepted>;
}

/** Codes of both services that say nothing about the message: limits, and permissions that somebody has to fix. */
const NOT_NOW: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'TooManyRequestsException',
  'LimitExceededException',
  'ServiceQuotaExceededException',
  'SendingPausedException',
  'AccessDeniedException',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
]);

/**
 * What an error of the AWS SDK says about a message. Only a 4xx answer is a definite refusal: after a timeout, a lost
 * connection or a 5xx answer, the service may have taken it. The message of the error can quote an address, so it is dropped.
 */
export function providerError(error: unknown): Refused | Throttled | OutcomeUnknown {
  if (!(error instanceof Error)) return new OutcomeUnknown('unknown');
  const { name } = error;
  if (NOT_NOW.has(name)) return new Throttled(name);
  const { $metadata, Reason } = error as { $metadata?: { httpStatusCode?: number }; Reason?: unknown };
  const status = $metadata?.httpStatusCode ?? 0;
  if (status === 429) return new Throttled(name);
  const isRefusal = status >= 400 && status < 500 && status !== 408;
  return isRefusal ? new Refused(typeof Reason === 'string' ? Reason : name) : new OutcomeUnknown(name);
}

/** A send is not repeated, and waits longer than a read: an answer that comes too late leaves the outcome unknown. */
export const ONCE = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};
