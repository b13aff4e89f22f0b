import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { explain } from './error-message.ts';

interface FaultProps {
  readonly error: Error;
  /** What could not be had: "the worklist". */
  readonly what: string;
  readonly retry?: () => void;
}

/** Why something cannot be shown, and what to do about it. */
export function Fault({ error, what, retry }: FaultProps) {
  const { header, text, again } = explain(error, what);
  return (
    <Alert
      type={again ? 'error' : 'warning'}
      header={header}
      action={again && retry && <Button onClick={retry}>Try again</Button>}
    >
      {text}
    </Alert>
  );
}
