import { useQuery } from '@tanstack/react-query';
import type { PersonList } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { peopleQuery } from '../api/queries.ts';
import { usePerson } from '../session/session-context.tsx';
import { useKnownNames } from './known-names.ts';

/** A person or a team that can own a transaction. */
interface Owner {
  /** What the API stores. */
  readonly value: string;
  readonly description?: string;
}

/**
 * Whom to offer as owner: the user first, then the people of the user pool, then the other names that this page has seen. A
 * deployment whose sign-in cannot list people offers the names only.
 */
export function useOwners(): readonly Owner[] {
  const api = useApi();
  const { name } = usePerson();
  const seen = useKnownNames();
  const { data } = useQuery(peopleQuery(api));
  return offered(name, data?.people ?? [], seen);
}

/** Each name once, ignoring case. */
export function offered(
  you: string,
  people: PersonList['people'],
  seen: readonly string[],
): readonly Owner[] {
  const isNew = (name: string, among: readonly Owner[]) =>
    among.every(({ value }) => value.toLowerCase() !== name.toLowerCase());
  const owners: Owner[] = [{ value: you, description: 'You' }];
  for (const { name, display_name } of people) {
    if (isNew(name, owners)) owners.push({ value: name, ...(display_name && { description: display_name }) });
  }
  for (const name of seen) if (isNew(name, owners)) owners.push({ value: name });
  return owners;
}
