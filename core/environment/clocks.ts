import { CLOCK_TABLE, type ClockName, clocksFor } from '../domain/clocks/clock-table.ts';
import type { Clocks, TeamClocks } from '../domain/clocks/clocks.ts';
import { parseDuration } from '../domain/duration.ts';
import { type VariableOf, variableOf } from '../domain/setting-variable.ts';
import { changed, type FieldsRead, nonEmpty, text } from '../reading/readers.ts';
import type { Reader } from '../reading/reading.ts';
import { teamsOf, type teamVariables } from './teams.ts';

/** An ISO 8601 duration in a variable, read as milliseconds. */
export const duration = changed(text, parseDuration, 'not an ISO 8601 duration like PT1H or P7D');

/** The same, or `off`, read as null. */
const durationOrOff: Reader<number | null> = (given, reading) =>
  given === 'off' ? null : duration(given, reading);

const NAMES = Object.keys(CLOCK_TABLE) as ClockName[];

type ClockVariables = { readonly [Name in ClockName as VariableOf<Name>]: Reader<number | null> };

/** The environment variables of the clocks: ISO 8601 durations, and the time zone of the labs. */
export const clockVariables = {
  ...(Object.fromEntries(
    NAMES.map((name) => [variableOf(name), 'mayBeOff' in CLOCK_TABLE[name] ? durationOrOff : duration]),
  ) as ClockVariables),
  // An IANA name. It is validated at synthesis, because loading the zones takes about 20 ms and few invocations need them.
  LAB_TIME_ZONE: nonEmpty,
};

type Values = Readonly<Record<ClockName, number | null>>;

/** The clocks from the environment. */
export function clocksOf(env: FieldsRead<typeof clockVariables & typeof teamVariables>): Clocks {
  const values = Object.fromEntries(NAMES.map((name) => [name, env[variableOf(name)]])) as Values;
  const clocks = clocksIn(values, env.LAB_TIME_ZONE);
  const byTeam = new Map<string, TeamClocks>();
  for (const { id, clocks: own } of teamsOf(env)) {
    if (own === undefined) continue;
    const { labTimeZone = env.LAB_TIME_ZONE, ...durations } = own;
    byTeam.set(id, clocksIn({ ...values, ...parsed(durations) }, labTimeZone));
  }
  return byTeam.size === 0 ? clocks : { ...clocks, byTeam };
}

const clocksIn = (values: Values, labTimeZone: string): TeamClocks => ({
  ...clocksFor('redraw', values),
  orders: clocksFor('order', values),
  ...clocksFor('check', values),
  labTimeZone,
});

/** Null is off. */
const parsed = (durations: Readonly<Partial<Record<ClockName, string>>>) =>
  Object.fromEntries(Object.entries(durations).map(([name, text]) => [name, parseDuration(text)]));
