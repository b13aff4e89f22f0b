import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';

/** The dashboard could not start: its settings are missing, or the sign-in failed. */
export function StartupError({ error }: { error: unknown }) {
  const message = error instanceof Error ? error.message : '';
  return (
    <main>
      <Box padding="xxl">
        <Alert
          type="error"
          header="The dashboard couldn’t start"
          action={<Button onClick={() => location.assign('/')}>Try again</Button>}
        >
          {message}
        </Alert>
      </Box>
    </main>
  );
}
