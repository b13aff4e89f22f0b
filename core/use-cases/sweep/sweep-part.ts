import type { Milliseconds } from '../../domain/duration.ts';
import type { Instant } from '../../domain/instant.ts';
import type { JunctionClient } from '../../junction/client.ts';
import type { PerTeam } from '../../junction/per-team.ts';
import type { Projection } from '../recompute.ts';
import type { JunctionGuard } from '../reconcile/junction-guard.ts';
import type { OptionalRoutes } from '../reconcile/optional-routes.ts';

/** What every part of a sweep needs. */
export interface PartDependencies {
  /** The time from one sweep to the next. */
  readonly every: Milliseconds;
  /** Whether this part has time for another transaction, or another page of a list. */
  readonly hasTime: () => boolean;
  /** Called for each transaction or order that is left for a later sweep, and for a list that could not be read. */
  readonly onSkip: (id: string, reason: string) => void;
}

/** The dependencies of the parts that work on transactions. */
export interface SweepDependencies extends PartDependencies {
  readonly projection: Projection;
  /** Junction's API for each team with a key. */
  readonly apis: PerTeam<JunctionClient>;
  /** What is asked beside an order and its transaction. */
  readonly optional?: PerTeam<OptionalRoutes>;
}

/** The result of a sweep, or of a part of it. */
export interface SweepReport {
  /** Transactions that were due. */
  due: number;
  /** Redraws or open orders that were newly flagged. */
  flagged: number;
  /** Transactions with changes that no webhook had reported. */
  healed: number;
  /** Transactions left for a later sweep, because Junction did not answer or something else failed. */
  skipped: number;
}

/** The sum of two reports. */
export function addReports(one: SweepReport, other: SweepReport): SweepReport {
  return {
    due: one.due + other.due,
    flagged: one.flagged + other.flagged,
    healed: one.healed + other.healed,
    skipped: one.skipped + other.skipped,
  };
}

export const nothingDone = (): SweepReport => ({ due: 0, flagged: 0, healed: 0, skipped: 0 });

/** One part of a running sweep. */
export interface Part extends SweepDependencies {
  readonly now: Instant;
  readonly report: SweepReport;
  /** Empty if no API key for Junction is configured. */
  readonly guards: PerTeam<JunctionGuard>;
}
