import Alert from '@cloudscape-design/components/alert';
import { Timestamp } from '../time/timestamp.tsx';

/** The data could not be refreshed. `since`: the last refresh (ms since 1970). */
export function OutdatedAlert({ since }: { since: number }) {
  return (
    <Alert type="warning" header="Data may be out of date">
      You’re seeing data from <Timestamp at={new Date(since).toISOString()} exact />. We’ll keep trying to
      refresh it.
    </Alert>
  );
}
