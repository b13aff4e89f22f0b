import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { errorMessage } from './error-message.ts';

interface ErrorAlertProps {
  readonly error: Error;
  /** What failed to load: "the worklist". */
  readonly what: string;
  readonly retry?: () => void;
}

/** An error, with a retry button where a retry can help. */
export function ErrorAlert({ error, what, retry }: ErrorAlertProps) {
  const { header, text, retryable } = errorMessage(error, what);
  return (
    <Alert
      type={retryable ? 'error' : 'warning'}
      header={header}
      action={retryable && retry && <Button onClick={retry}>Try again</Button>}
    >
      {text}
    </Alert>
  );
}
