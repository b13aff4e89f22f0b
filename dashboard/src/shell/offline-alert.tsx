import Alert from '@cloudscape-design/components/alert';
import { useIsFetching } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

/** Shown while the device is offline, because the data becomes stale. */
export function OfflineAlert() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  const fetching = useIsFetching() > 0;
  if (online) return null;
  return (
    <Alert type="warning" header="You’re offline">
      You’re seeing the last known data. It updates when you’re back online
      {fetching ? '. Reconnecting…' : '.'}
    </Alert>
  );
}
