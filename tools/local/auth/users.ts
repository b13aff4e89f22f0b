/** A user who can sign in to the local run, in place of the users of the Cognito user pool. */
export interface LocalUser {
  username: string;
  name: string;
  email: string;
  sub: string;
  groups: string[];
}

/** One for each role on the page. */
const users = [
  { username: 'olivia', name: 'Olivia Operator', groups: ['operators'] },
  { username: 'vera', name: 'Vera Viewer', groups: ['viewers'] },
  { username: 'clara', name: 'Clara Clinician', groups: ['clinicians', 'operators'] },
  { username: 'max', name: 'Max Maintainer', groups: 'all' },
  { username: 'cora', name: 'Cora Coordinator', groups: ['coordinators', 'operators'] },
] as const;

/**
 * The users of a template.
 *
 * @param groups the groups of the template. Users are limited to these groups, and a user whose first group is missing is left out.
 */
export function localUsers(groups: readonly string[]): LocalUser[] {
  return users.flatMap((user, index) => {
    const asked: readonly string[] = user.groups === 'all' ? groups : user.groups;
    const [role] = asked;
    if (role !== undefined && !groups.includes(role)) return [];
    return {
      username: user.username,
      name: user.name,
      email: `${user.username}@example.com`,
      sub: `00000000-0000-4000-8000-00000000000${index + 1}`,
      groups: groups.filter((group) => asked.includes(group)),
    };
  });
}
