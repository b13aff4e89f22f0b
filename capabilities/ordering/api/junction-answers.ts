import { junctionProblem, noKey } from '../../../core/http/junction-problem.ts';
import { Problem } from '../../../core/http/problem.ts';
import type { RawRequest } from '../../../core/http/route.ts';
import type { ApiKey } from '../../../core/junction/api-key.ts';
import { JunctionUnavailable } from '../../../core/junction/unavailable.ts';
import { findOrder } from '../../../core/use-cases/team-visibility.ts';
import type { OrderingClient } from '../junction/ordering-client.ts';
import { JunctionOutcomeUnknown } from '../junction/refused.ts';
import type { OrderingContext } from '../use-cases/ordering-context.ts';

/** The context of the ordering function; it gets a client for each request. */
export interface OrderingRoutesContext extends Omit<OrderingContext, 'junction' | 'caller' | 'team'> {
  /** Whether the deployment has several teams, each with a key. */
  readonly hasTeams?: boolean;
  /** The key that may write. */
  readonly apiKey: ApiKey;
  /** A client that stops after the milliseconds that are left. */
  readonly junction: (apiKey: string, timeLeft: () => number, team: string | null) => OrderingClient;
}

/** Kept back for storing what Junction answers, the entry in the audit trail and the answer (ms). */
const RESERVE = 8_000;

/**
 * Runs a use case with a client for Junction.
 *
 * @param team whose key is used, with several teams
 * @param unclear what the caller can do if it is not known whether Junction did it
 */
export async function withJunction<Result>(
  { junction, ...context }: OrderingRoutesContext,
  team: string | null,
  { timeLeft, identity }: Pick<RawRequest, 'timeLeft' | 'identity'>,
  unclear: string,
  use: (context: OrderingContext) => Promise<Result>,
): Promise<Result> {
  const apiKey = await context.apiKey.read(context.clock(), team);
  if (apiKey === null) throw noKey();
  try {
    const client = junction(apiKey, () => timeLeft() - RESERVE, team);
    return await use({ ...context, team, junction: client, caller: identity() });
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

/**
 * The same about an order, with the key of its team. The team is not read in a deployment of one team, whose key is for every
 * order.
 */
export async function ofOrder<Result>(
  context: OrderingRoutesContext,
  orderId: string,
  ...[asked, unclear, use]: AboutOrder<Result>
): Promise<Result> {
  const record = context.hasTeams ? await findOrder(context, orderId) : null;
  return withJunction(context, record?.snapshot?.team_id ?? null, asked, unclear, use);
}

type AboutOrder<Result> = [
  asked: Pick<RawRequest, 'timeLeft' | 'identity'>,
  unclear: string,
  use: (context: OrderingContext) => Promise<Result>,
];

/** The team that a new order is placed for. @throws Problem 400 if the deployment has several and the request names none */
export function teamOfNewOrder(
  { hasTeams }: OrderingRoutesContext,
  named: string | undefined,
): string | null {
  if (!hasTeams) return null;
  if (named !== undefined) return named;
  throw new Problem(400, 'The parameter team_id is missing: this deployment has several teams.');
}
