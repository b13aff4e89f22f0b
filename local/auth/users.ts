/** Somebody who can sign in on this machine, where Cognito's directory of people is not. */
export interface LocalPerson {
  username: string;
  name: string;
  email: string;
  sub: string;
  groups: string[];
}

/** One for each way of working with the page. */
const people = [
  { username: 'olivia', name: 'Olivia Operator', groups: ['operators'] },
  { username: 'vera', name: 'Vera Viewer', groups: ['viewers'] },
  { username: 'clara', name: 'Clara Clinician', groups: ['clinicians', 'operators'] },
  { username: 'max', name: 'Max Maintainer', groups: 'all' },
] as const;

/** @param groups of the template: nobody is in one that would not be there. */
export function localPeople(groups: readonly string[]): LocalPerson[] {
  return people.map((person, index) => ({
    username: person.username,
    name: person.name,
    email: `${person.username}@example.com`,
    sub: `00000000-0000-4000-8000-00000000000${index + 1}`,
    groups: groups.filter((group) => person.groups === 'all' || person.groups.some((name) => name === group)),
  }));
}
