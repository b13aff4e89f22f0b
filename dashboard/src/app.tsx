import { useMemo } from 'react';
import { Api } from './api/api.ts';
import { ApiProvider, queryClient } from './api/api-context.tsx';
import { Pages } from './pages.tsx';
import { useSession, useSessionState } from './session/session-context.tsx';
import { NoticeProvider } from './shell/notices.tsx';
import { Shell } from './shell/shell.tsx';
import { SignedOut } from './shell/signed-out.tsx';

export function App() {
  const state = useSessionState();
  if (state.status !== 'signed_in') return <SignedOut ended={state.status === 'ended'} />;
  return <Dashboard key={state.person.name} />;
}

function Dashboard() {
  const session = useSession();
  const [api, client] = useMemo(() => [new Api(session), queryClient()], [session]);
  return (
    <ApiProvider api={api} client={client}>
      <NoticeProvider>
        <Shell>
          <Pages />
        </Shell>
      </NoticeProvider>
    </ApiProvider>
  );
}
