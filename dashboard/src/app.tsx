import { useMemo } from 'react';
import { NotificationProvider } from './alerts/notifications.tsx';
import { Api } from './api/api-client.ts';
import { ApiProvider, queryClient } from './api/api-context.tsx';
import { UnsavedNotes } from './handling/unsaved-notes.tsx';
import { Pages } from './routes.tsx';
import { useSession, useSessionState } from './session/session-context.tsx';
import { Shell } from './shell/shell.tsx';
import { SignInPage } from './shell/sign-in-page.tsx';

export function App() {
  const state = useSessionState();
  if (state.status !== 'signed_in') return <SignInPage status={state.status} />;
  return <Dashboard key={state.person.name} />;
}

function Dashboard() {
  const session = useSession();
  const [api, client] = useMemo(() => [new Api(session), queryClient()], [session]);
  return (
    <ApiProvider api={api} client={client}>
      <NotificationProvider>
        <Shell>
          <Pages />
          <UnsavedNotes />
        </Shell>
      </NotificationProvider>
    </ApiProvider>
  );
}
