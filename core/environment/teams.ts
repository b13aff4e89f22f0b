import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Team } from '../domain/team.ts';
import { type FieldsRead, nonEmpty, optional } from '../reading/readers.ts';

/** What a function needs that tells teams apart. */
export const teamVariables = {
  /** The name of the file beside the bundle with the teams; without it, the deployment has one team. */
  TEAMS: optional(nonEmpty),
};

/** The teams of the deployment; none if it has one. The file was checked at synthesis. */
export function teamsOf({ TEAMS: file }: FieldsRead<typeof teamVariables>): readonly Team[] {
  if (file === undefined) return [];
  return JSON.parse(readFileSync(resolve(import.meta.dirname, file), 'utf8')) as Team[];
}
