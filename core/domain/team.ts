import type { ClockName } from './clocks/clock-table.ts';

/** A team at Junction whose orders this deployment takes, next to other teams. */
export interface Team {
  /** Junction's id. */
  readonly id: string;
  /** How people here call it. */
  readonly name: string;
  /** The clocks in which it differs from the deployment: durations of ISO 8601 or `off`, and the time zone of its labs. */
  readonly clocks?: Readonly<Partial<Record<ClockName | 'labTimeZone', string>>>;
  /** The name of the brand in messages to its patients; without it, the one in the templates. */
  readonly brand?: string;
}

/** How many teams one deployment can have: their keys and signing secrets are one secret each, which holds 64 KB. */
export const MAX_TEAMS = 50;
