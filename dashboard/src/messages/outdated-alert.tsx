import Alert from '@cloudscape-design/components/alert';
import { Timestamp } from '../time/timestamp.tsx';

/** What is shown could not be brought up to date. `since`: when it was last (ms since 1970). */
export function OutdatedAlert({ since }: { since: number }) {
  return (
    <Alert type="warning" header="Not up to date">
      What you see is as of <Timestamp at={new Date(since).toISOString()} exact />. The API does not answer at
      the moment; it is asked again by itself.
    </Alert>
  );
}
