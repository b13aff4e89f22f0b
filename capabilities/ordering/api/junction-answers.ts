import { junctionProblem, noKey } from '../../../core/http/junction-problem.ts';
import { Problem } from '../../../core/http/problem.ts';
import type { RawRequest } from '../../../core/http/route.ts';
import type { ApiKey } from '../../../core/junction/api-key.ts';
import { JunctionUnavailable } from '../../../core/junction/unavailable.ts';
import type { OrderingClient } from '../junction/ordering-client.ts';
import { JunctionOutcomeUnknown } from '../junction/refused.ts';
import type { OrderingContext } from '../use-cases/ordering-context.ts';

/** The context of the ordering function; it gets a client for each request. */
export interface OrderingRoutesContext extends Omit<OrderingContext, 'junction' | 'caller'> {
  /** The key that may write. */
  readonly apiKey: ApiKey;
  /** A client that stops after the milliseconds that are left. */
  readonly junction: (apiKey: string, timeLeft: () => number) => OrderingClient;
}

/** Kept back for storing what Junction answers, the entry in the audit trail and the answer (ms). */
const RESERVE = 8_000;

/**
 * Runs a use case with a client for Junction.
 *
 * @param unclear what the caller can do if it is not known whether Junction did it
 */
export async function withJunction<Result>(
  { junction, ...context }: OrderingRoutesContext,
  { timeLeft, identity }: Pick<RawRequest, 'timeLeft' | 'identity'>,
  unclear: string,
  use: (context: OrderingContext) => Promise<Result>,
): Promise<Result> {
  const apiKey = await context.apiKey.read(context.clock());
  if (apiKey === null) throw noKey();
  try {
    const client = junction(apiKey, () => timeLeft() - RESERVE);
    return await use({ ...context, junction: client, caller: identity() });
  } catch (error) {
    if (error instanceof JunctionOutcomeUnknown)
      throw new Problem(error.reason === 'timeout' ? 504 : 502, unclear);
    if (error instanceof JunctionUnavailable && error.reason === 'not_known') {
      throw new Problem(
        502,
        'Junction does not know this order. The key for ordering may belong to a different team or environment.',
      );
    }
    if (error instanceof JunctionUnavailable) throw junctionProblem(error);
    throw error;
  }
}
