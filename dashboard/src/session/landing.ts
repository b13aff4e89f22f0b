import type { Person } from './session.ts';

/** Where a person goes after the sign-in who asked for no page: a clinician to the clinical inbox. */
export function landingOf(address: string, { scopes }: Pick<Person, 'scopes'>): string {
  // Who also books appointments or looks after the service has more to do than results.
  const hasMore = scopes.has('appointments/write') || scopes.has('quarantine/write');
  const isClinician = scopes.has('results/read') && !hasMore;
  return address === '/' && isClinician ? '/results' : address;
}
