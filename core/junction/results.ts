import { OrderTransactionClient } from '@junction-api/sdk/orderTransaction';
import { retryAfterOf } from './unavailable.ts';

export interface ResultsRequest {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Milliseconds until it is given up. */
  readonly timeout: number;
  readonly transactionId: string;
  readonly form: 'json' | 'pdf';
}

/** What came of asking Junction for results. Nothing but `found` holds a word of Junction's answer. */
export type ResultsAnswer =
  | { readonly kind: 'found'; readonly bytes: Buffer }
  /** Junction has none, or not yet. */
  | { readonly kind: 'none' }
  | { readonly kind: 'key_refused' }
  /** To be asked again after so many seconds. */
  | { readonly kind: 'busy'; readonly retryAfter: number }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'failed' };

interface Heard {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly bytes: Buffer;
}

/**
 * Fetches the combined results of a transaction by the official SDK, once, and hands Junction's bytes on as they
 * came: what the SDK makes of them is not looked at. Never throws.
 */
export async function fetchResults(request: ResultsRequest): Promise<ResultsAnswer> {
  let heard: Heard | undefined;
  let signal: AbortSignal | null = null;
  const client = new OrderTransactionClient({
    baseUrl: request.baseUrl,
    apiKey: request.apiKey,
    maxRetries: 0,
    timeoutInSeconds: request.timeout / 1_000,
    fetch: async (input, init) => {
      // The SDK's own timeout: what it throws then does not say so.
      signal = init?.signal ?? null;
      const response = await fetch(input, init);
      const bytes = Buffer.from(await response.clone().arrayBuffer());
      heard = { status: response.status, retryAfter: response.headers.get('retry-after'), bytes };
      return response;
    },
  });
  const { transactionId } = request;
  try {
    if (request.form === 'pdf') await client.getTransactionResultPdf({ transactionId });
    else await client.getTransactionResult({ transactionId });
  } catch {
    // What was heard says more than what the SDK makes of it, and says it to nobody else.
  }
  return heard ? read(heard, request.form) : { kind: hasRunOut(signal) ? 'timeout' : 'failed' };
}

function hasRunOut(signal: AbortSignal | null): boolean {
  return signal?.aborted === true;
}

function read({ status, retryAfter, bytes }: Heard, form: ResultsRequest['form']): ResultsAnswer {
  switch (status) {
    case 200:
      return isWhole(bytes, form) ? { kind: 'found', bytes } : { kind: 'failed' };
    case 404:
      return { kind: 'none' };
    case 401:
    case 403:
      return { kind: 'key_refused' };
    case 429:
      return { kind: 'busy', retryAfter: retryAfterOf(retryAfter) };
    case 504:
      return { kind: 'timeout' };
    default:
      return { kind: 'failed' };
  }
}

/** Whether it is what was asked for, and not the page of a gateway in between. */
function isWhole(bytes: Buffer, form: ResultsRequest['form']): boolean {
  if (form === 'pdf') return bytes.subarray(0, 5).toString('latin1') === '%PDF-';
  try {
    const json: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof json === 'object' && json !== null && 'metadata' in json && 'results' in json;
  } catch {
    return false;
  }
}
