/**
 * What members of each group may do at the API. Somebody in several groups may do what any of them gives; somebody in
 * none may sign in and do nothing.
 */
export const scopesOfGroup = {
  viewers: ['transactions/read'],
  operators: ['transactions/read', 'transactions/reconcile', 'redraws/write'],
  clinicians: ['transactions/read', 'results/read'],
  maintainers: ['transactions/read', 'quarantine/write'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Group = keyof typeof scopesOfGroup;

/** Every scope that some group gives: no token of a person has others. */
export const scopesOfPeople: readonly string[] = [...new Set(Object.values(scopesOfGroup).flat())];

/** They say who somebody is and open nothing. */
const openIdScopes = ['openid', 'email', 'profile'];

export function grantedScopes(groups: readonly string[]): string[] {
  return scopesOfPeople.filter((scope) =>
    groups.some((group) => isGroup(group) && scopesOfGroup[group].some((given) => given === scope)),
  );
}

/**
 * What must not be in the token of somebody in these groups, whatever was asked for: the issuer itself would give
 * anybody every scope that the page may ask for.
 */
export function withheldScopes(groups: readonly string[], requested: readonly string[]): string[] {
  const allowed = new Set([...openIdScopes, ...grantedScopes(groups)]);
  return [...new Set([...scopesOfPeople, ...requested])].filter((scope) => !allowed.has(scope));
}

function isGroup(name: string): name is Group {
  return Object.hasOwn(scopesOfGroup, name);
}
