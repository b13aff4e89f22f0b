/**
 * The values of a secret by team, which it holds as JSON (`{"<team id>": "<value>"}`); none if it is not in that form, which the
 * placeholder of a new secret is not.
 */
export function valuesByTeam(secret: string): ReadonlyMap<string, string> {
  const json = parsed(secret);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return new Map();
  return new Map(
    Object.entries(json).flatMap(([team, value]) => {
      const text = typeof value === 'string' ? value.trim() : '';
      return text === '' ? [] : [[team, text] as const];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * What there is for each team. What a deployment of one team has is under null: it is for every team, because nobody had to say
 * which team that is.
 */
export type PerTeam<One> = ReadonlyMap<string | null, One>;

/** What there is for a team, if anything. */
export function forTeam<One>(all: PerTeam<One>, team: string | null): One | null {
  return all.get(team) ?? all.get(null) ?? null;
}
