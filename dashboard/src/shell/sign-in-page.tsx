import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useSession } from '../session/session-context.tsx';
import { usePageTitle } from './page-title.ts';

/** Shown while signed out. `ended`: a session is over. The URL stays the same for after the sign-in. */
export function SignInPage({ ended }: { ended: boolean }) {
  usePageTitle('Sign in');
  const session = useSession();
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
            {ended
              ? 'Your session has ended. Sign in again to continue where you left off.'
              : 'Lab orders that need a redraw, and who is handling them.'}
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
