import { ConfigurationError } from '../../lib/configuration/configuration-error.ts';
import { Problem } from '../../lib/problems/problem.ts';

const LOCAL = 'For the stack of npm start, use --url http://127.0.0.1:8787.';

/**
 * What a person reads of an error that they can correct: what is wrong, and what to do.
 *
 * @returns undefined for a fault of ours, which needs its stack trace
 */
export function faultText(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof Problem || error instanceof ConfigurationError) return error.message;
  if (error.name === 'CredentialsProviderError')
    return `AWS credentials are missing (${error.message}). Sign in, for example with aws sso login, or set AWS_PROFILE. ${LOCAL}`;
  if (error.message === 'Region is missing')
    return `No AWS region is known. Set AWS_REGION, or use a profile with a region. ${LOCAL}`;
  if (/ExpiredToken|InvalidClientTokenId|UnrecognizedClient/.test(error.name))
    return `AWS does not accept the credentials: ${error.message}. Sign in again, for example with aws sso login.`;
  // Errors of AWS state what it refused; where in its client they were made says nothing.
  if ('$fault' in error) return `AWS refused the request (${error.name}): ${error.message}`;
  return connectionFault(error);
}

/** A request that did not arrive, of `fetch` or of an AWS client. An AggregateError of Node has no message. */
function connectionFault(error: Error): string | undefined {
  const cause = error.cause instanceof Error ? error.cause : error;
  if (!('syscall' in cause) && !(error instanceof TypeError && error.message === 'fetch failed'))
    return undefined;
  const why = cause.message || ('code' in cause ? String(cause.code) : 'no connection');
  return `There is no response (${why}). Check --url, AWS_ENDPOINT_URL and your network. For a local stack, run npm start in another terminal.`;
}
