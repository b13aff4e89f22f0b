import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { CLOCK_TABLE, type ClockName } from '../../core/domain/clocks/clock-table.ts';
import { isOneLine } from '../../core/domain/one-line.ts';
import { MAX_TEAMS, type Team } from '../../core/domain/team.ts';
import { timeZone } from '../setting/setting-formats.ts';
import { ConfigurationError } from './configuration-error.ts';
import { clockKeys } from './keys/clock-keys.ts';

/** The file beside the bundles of the functions. */
export const TEAMS_FILE = 'teams.json';

const line = (max: number) => z.string().trim().min(1).max(max).refine(isOneLine);

/** The fields of a team, and what each must be. */
const fields = {
  // It is a part of the path of the team's webhooks.
  id: { schema: z.string().regex(/^[\w-]{1,64}$/), expected: "Junction's id of the team" },
  name: { schema: line(60), expected: 'one line of 1 to 60 characters' },
  brand: { schema: line(60).optional(), expected: 'one line of 1 to 60 characters' },
};
const zone = { schema: timeZone.optional(), expected: 'an IANA time zone (for example America/New_York)' };

const isObject = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/**
 * The teams in a file.
 *
 * @throws {ConfigurationError} with a sentence per fault, which names the line or the field
 */
export function readTeamsFile(path: string): readonly Team[] {
  const faults: string[] = [];
  const teams = teamsIn(parse(path), (fault) => faults.push(`${path}: ${fault}`));
  if (faults.length > 0) throw new ConfigurationError(faults, 'docs/teams.md has an example of the file.');
  return teams;
}

function parse(path: string): unknown {
  const fail = (fault: string) =>
    new ConfigurationError([`${path} ${fault}`], 'docs/teams.md has an example.');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw fail(
      `cannot be read (${(error as NodeJS.ErrnoException).code}). It must be the file of the teams.`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    // Node says where: "… in JSON at position 52 (line 3 column 5)", or nothing if the file ends too early.
    const place = /\(line (\d+) column \d+\)/.exec(String(error))?.[1] ?? text.split('\n').length;
    throw fail(`is not JSON: line ${place} cannot be read.`);
  }
}

function teamsIn(json: unknown, fault: (text: string) => void): Team[] {
  if (!Array.isArray(json) || json.length === 0 || json.length > MAX_TEAMS) {
    const found = Array.isArray(json) ? ` It has ${json.length}.` : '';
    fault(`it must be a list of 1 to ${MAX_TEAMS} teams.${found}`);
    return [];
  }
  const teams = json.map((one, index) =>
    teamIn(one, (field, expected) => fault(`[${index}]${field} ${expected}`)),
  );
  for (const name of ['id', 'name'] as const) {
    teams.forEach((team, index) => {
      const first = teams.findIndex((other) => other[name] !== undefined && other[name] === team[name]);
      if (first !== -1 && first < index)
        fault(
          `[${index}].${name} is ${JSON.stringify(team[name])}, which [${first}] has too. It must differ.`,
        );
    });
  }
  return teams as Team[];
}

function teamIn(given: unknown, fault: (field: string, expected: string) => void): Partial<Team> {
  if (!isObject(given)) {
    fault('', 'must be an object with an id and a name.');
    return {};
  }
  const { clocks, ...own } = given;
  const team = fieldsIn(own, fields, '', fault);
  if (clocks === undefined) return team;
  if (!isObject(clocks)) {
    fault('.clocks', 'must be an object with the clocks in which the team differs.');
    return team;
  }
  return { ...team, clocks: fieldsIn(clocks, CLOCK_FIELDS, '.clocks', fault) };
}

/** The clocks of a team are written as those of the deployment. */
const CLOCK_FIELDS: Fields = {
  ...Object.fromEntries(
    (Object.keys(CLOCK_TABLE) as ClockName[]).map((name) => {
      const { schema, expected } = clockKeys[name];
      return [name, { schema, expected }];
    }),
  ),
  labTimeZone: zone,
};

type Fields = Readonly<Record<string, { readonly schema: z.ZodType; readonly expected: string }>>;

function fieldsIn(
  given: Readonly<Record<string, unknown>>,
  known: Fields,
  within: string,
  fault: (field: string, expected: string) => void,
): object {
  for (const name of Object.keys(given).filter((one) => !Object.hasOwn(known, one))) {
    fault(`${within}.${name}`, `is an unknown field. The fields are ${Object.keys(known).join(', ')}.`);
  }
  const read = Object.entries(known).flatMap(([name, { schema, expected }]) => {
    if (given[name] === undefined && within !== '') return [];
    const parsed = schema.safeParse(given[name]);
    if (parsed.success) return parsed.data === undefined ? [] : [[name, parsed.data] as const];
    const shown = given[name] === undefined ? 'is missing' : `is ${JSON.stringify(given[name])}`;
    fault(`${within}.${name}`, `${shown}. It must be ${expected}.`);
    return [];
  });
  return Object.fromEntries(read);
}
