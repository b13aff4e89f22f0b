/**
 * The API scopes of each group. A member of several groups has the scopes of all of them. A user without a group can sign in
 * but has no scopes.
 */
export const scopesOfGroup = {
  viewers: ['transactions/read', 'messages/read'],
  operators: [
    'transactions/read',
    'transactions/reconcile',
    'redraws/write',
    'messages/read',
    'messages/write',
  ],
  clinicians: ['transactions/read', 'messages/read', 'results/read'],
  coordinators: ['transactions/read', 'messages/read', 'appointments/write', 'orders/place', 'portal/link'],
  maintainers: ['transactions/read', 'messages/read', 'quarantine/write', 'maintain/write'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Group = keyof typeof scopesOfGroup;

/** Every scope of any group. A user's token has no others. */
export const scopesOfPeople: readonly string[] = [...new Set(Object.values(scopesOfGroup).flat())];

/** These identify the user and grant no access. */
const openIdScopes = ['openid', 'email', 'profile'];

export function grantedScopes(groups: readonly string[]): string[] {
  return scopesOfPeople.filter((scope) =>
    groups.some((group) => isGroup(group) && scopesOfGroup[group].some((given) => given === scope)),
  );
}

/**
 * The scopes to remove from the token of a member of these groups. Cognito itself grants every scope that the client is allowed
 * to request.
 */
export function withheldScopes(groups: readonly string[], requested: readonly string[]): string[] {
  const allowed = new Set([...openIdScopes, ...grantedScopes(groups)]);
  return [...new Set([...scopesOfPeople, ...requested])].filter((scope) => !allowed.has(scope));
}

/** The groups whose members may use routes with this scope. */
export function groupsWith(scope: string): Group[] {
  return (Object.keys(scopesOfGroup) as Group[]).filter((group) =>
    scopesOfGroup[group].some((given) => given === scope),
  );
}

function isGroup(name: string): name is Group {
  return Object.hasOwn(scopesOfGroup, name);
}
