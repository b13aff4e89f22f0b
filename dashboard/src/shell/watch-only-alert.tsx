import Alert from '@cloudscape-design/components/alert';
import { useIsWatchOnly } from '../session/configuration-context.tsx';

/** On every page while the deployment only watches. */
export function WatchOnlyAlert() {
  if (!useIsWatchOnly()) return null;
  return (
    <Alert type="info" header="Watch only">
      Everything is tracked here, but no emails about redraws and no messages to patients are sent. Critical
      results still alert the people on call.
    </Alert>
  );
}
