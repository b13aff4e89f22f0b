import type { ApiKey } from '../../junction/api-key.ts';
import type { JunctionClient } from '../../junction/client.ts';
import type { Projection } from '../../use-cases/recompute.ts';
import type { TeamContext } from '../../use-cases/team-visibility.ts';

export interface ReconcileContext extends TeamContext {
  readonly projection: Projection;
  readonly apiKey: ApiKey;
  /** A client that stops after the milliseconds that are left. */
  readonly junction: (apiKey: string, timeLeft: () => number, team: string | null) => JunctionClient;
  readonly clock: () => Date;
  /** Called after Junction was asked; `healed` if it reported something that no webhook had. */
  readonly onReconciled: (transactionId: string, healed: boolean) => void;
}

/** Kept back for storing what Junction reports, the entry in the audit trail and the answer (ms). */
const RESERVE = 8_000;

/** The client for a request about something of a team; null if no key is configured for it. */
export async function junctionOf(
  { apiKey, junction, clock }: ReconcileContext,
  team: string | null,
  timeLeft: () => number,
): Promise<JunctionClient | null> {
  const key = await apiKey.read(clock(), team);
  return key === null ? null : junction(key, () => timeLeft() - RESERVE, team);
}
