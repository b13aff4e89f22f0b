import { useSyncExternalStore } from 'react';
import { usePerson } from '../session/session-context.tsx';
import { changePreferences, type Preferences, preferencesOf, subscribeToPreferences } from './preferences.ts';

/** The preferences of the signed-in user, and how to change them. */
export function usePreferences(): readonly [Preferences, (changes: Partial<Preferences>) => void] {
  const person = usePerson();
  const preferences = useSyncExternalStore(subscribeToPreferences, () => preferencesOf(person));
  return [preferences, (changes) => changePreferences(person, changes)];
}
