import { createContext, type ReactNode, use, useSyncExternalStore } from 'react';
import type { Group, scopesOfGroup } from '../../../core/http/groups.ts';
import type { Person, Session, SessionState } from './session.ts';

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('no SessionProvider around this component');
  return session;
}

export function useSessionState(): SessionState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.state);
}

/** The signed-in user. Call it only where someone is signed in. */
export function usePerson(): Person {
  const state = useSessionState();
  if (state.status !== 'signed_in') throw new Error('nobody is signed in');
  return state.person;
}

/** What a person can be allowed to do: the scopes of the groups. */
export type Scope = (typeof scopesOfGroup)[Group][number];

export function useHasScope(scope: Scope): boolean {
  return usePerson().scopes.has(scope);
}
