import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { usePageTitle } from '../screen/page-title.ts';
import { useIdleMinutes } from '../session/configuration-context.tsx';
import type { SessionState } from '../session/session.ts';
import { useSession } from '../session/session-context.tsx';

type Status = Exclude<SessionState['status'], 'signed_in'>;

/** Shown while signed out. The URL stays the same for after the sign-in. */
export function SignInPage({ status }: { status: Status }) {
  usePageTitle('Sign in');
  const session = useSession();
  const idleMinutes = useIdleMinutes();
  const [failed, setFailed] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const signIn = () => {
    setFailed(false);
    setLeaving(true);
    session.signIn().catch(() => {
      setFailed(true);
      setLeaving(false);
    });
  };
  return (
    <main className="signed-out">
      <Box padding="l" textAlign="center">
        <SpaceBetween size="l" alignItems="center">
          <img src="/icon.svg" alt="" width="56" height="56" />
          <Box variant="h1">Redraws</Box>
          <Box variant="p" color="text-body-secondary">
            {textFor(status, idleMinutes)}
          </Box>
          {failed && (
            <Alert type="error" header="Couldn’t reach the sign-in page">
              Check your connection and try again. If it keeps happening, tell your administrator.
            </Alert>
          )}
          <Button variant="primary" onClick={signIn} loading={leaving} loadingText="Opening sign-in">
            Sign in
          </Button>
        </SpaceBetween>
      </Box>
    </main>
  );
}

function textFor(status: Status, idleMinutes: number): string {
  if (status === 'signed_out') return 'Lab orders that need a redraw, and who is handling them.';
  const again = 'Sign in again to continue where you left off.';
  if (status === 'ended') return `Your session has ended. ${again}`;
  const idle = idleMinutes === 1 ? 'a minute' : `${idleMinutes} minutes`;
  return `Your session has ended because nobody used the dashboard for ${idle}. ${again}`;
}
