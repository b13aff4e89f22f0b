import * as z from 'zod/mini';
import type { Instant } from '../../domain/instant.ts';
import { parseInstant } from '../../domain/instant.ts';
import type { Team } from '../../domain/team.ts';
import { importPosition } from '../../store/poll-marks/import-mark.ts';

/** An import that cannot be done as it is asked for. Nothing has changed. */
export class ImportRefused extends Error {
  override readonly name: string = 'ImportRefused';
}

const DEFAULT_ORDERS_PER_SECOND = 20;
const MAX_ORDERS_PER_SECOND = 500;

const text = z.optional(z.nullable(z.string()));

/** A request to the function. An import of the same dates continues where the last request stopped. */
export const importRequest = z.strictObject({
  /** Whose orders, with several teams. */
  team_id: text,
  /** The first day or time at which the orders were created. */
  from: text,
  /** The last one; by default, the time of the first request. */
  to: text,
  orders_per_second: z._default(z.number(), DEFAULT_ORDERS_PER_SECOND),
  /** Counts what would be brought, and changes nothing. */
  dry_run: z._default(z.boolean(), false),
  /** Begins at the first date, although another import is unfinished. */
  restart: z._default(z.boolean(), false),
  /** Stops after this time (s). The default is shorter than the timeout of most callers. */
  seconds: z._default(z.int().check(z.gte(1), z.lte(780)), 45),
  /** Where a dry run continues: the position in its last answer. */
  position: z._default(z.nullable(importPosition), null),
});

export type ImportRequest = z.output<typeof importRequest>;

/** The orders that are asked for, by the times at which they were created. */
export interface ImportRange {
  readonly from: Instant;
  /** Null if the request names no end. */
  readonly to: Instant | null;
}

/**
 * The dates and the rate of a request.
 *
 * @throws ImportRefused with one sentence about the first fault
 */
export function importRange(
  { from, to, orders_per_second: rate }: Pick<ImportRequest, 'from' | 'to' | 'orders_per_second'>,
  now: Instant,
): ImportRange {
  if (!Number.isInteger(rate) || rate < 1 || rate > MAX_ORDERS_PER_SECOND) {
    throw new ImportRefused(`orders-per-second must be a whole number from 1 to ${MAX_ORDERS_PER_SECOND}.`);
  }
  if (from == null) throw new ImportRefused('from is missing: the day from which orders are imported.');
  const first = timeOf('from', from, '00:00:00');
  const last = to == null ? null : timeOf('to', to, '23:59:59.999999');
  if (first > now) throw new ImportRefused(`from is in the future: ${from}.`);
  if (last !== null && last.slice(0, 10) > now.slice(0, 10)) {
    throw new ImportRefused(`to is in the future: ${to}.`);
  }
  if (last !== null && first > last) throw new ImportRefused(`from is after to: ${from} is after ${to}.`);
  return { from: first, to: last };
}

function timeOf(name: string, text: string, timeOfDay: string): Instant {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const time = parseInstant(isDay ? `${text}T${timeOfDay}Z` : text);
  if (time !== null) return time;
  throw new ImportRefused(
    `${name} must be a day or a time, for example 2024-01-01: ${JSON.stringify(text)}.`,
  );
}

/**
 * The team whose orders are asked for; null in a deployment of one team.
 *
 * @param teams of a deployment of several
 * @throws ImportRefused if it has several and the request names none or another one
 */
export function importedTeam({ team_id: team }: ImportRequest, teams: readonly Team[]): string | null {
  const ids = teams.map(({ id }) => id);
  if (teams.length === 0 && team != null) throw new ImportRefused('team: this deployment has one team.');
  if (teams.length === 0) return null;
  if (team != null && ids.includes(team)) return team;
  const fault = team == null ? 'team is missing' : `team is unknown: ${JSON.stringify(team)}`;
  throw new ImportRefused(`${fault}. The teams are ${ids.join(', ')}.`);
}
