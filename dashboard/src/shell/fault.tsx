import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { ApiProblem, Unreachable } from '../api/api.ts';

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

export function explain(error: Error, what: string): { header: string; text: string; again: boolean } {
  if (error instanceof Unreachable)
    return {
      header: `${capital(what)} cannot be reached`,
      text: 'There is no connection to the API, or it does not answer. It is tried again by itself.',
      again: true,
    };
  if (!(error instanceof ApiProblem))
    return { header: `${capital(what)} cannot be shown`, text: 'The answer makes no sense.', again: true };
  if (error.status === 403)
    return {
      header: `You may not see ${what}`,
      text: 'Your account lacks the permission. Ask whoever runs this dashboard to add you to the right group.',
      again: false,
    };
  if (error.status === 404)
    return { header: `${capital(what)} is not there`, text: error.message, again: false };
  if (error.status === 429)
    return {
      header: 'Too many questions at once',
      text: 'Wait a moment; it is tried again by itself.',
      again: true,
    };
  return { header: `${capital(what)} cannot be shown`, text: error.message, again: error.status >= 500 };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
