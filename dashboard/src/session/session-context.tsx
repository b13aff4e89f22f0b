import { createContext, type ReactNode, use, useSyncExternalStore } from 'react';
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

export type Scope =
  | 'transactions/read'
  | 'transactions/reconcile'
  | 'redraws/write'
  | 'messages/read'
  | 'messages/write'
  | 'results/read'
  | 'appointments/write'
  | 'orders/place'
  | 'portal/link'
  | 'quarantine/write'
  | 'maintain/write';

export function useHasScope(scope: Scope): boolean {
  return usePerson().scopes.has(scope);
}
