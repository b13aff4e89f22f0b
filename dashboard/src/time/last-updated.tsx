import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useState } from 'react';
import { usePrinting } from '../screen/use-printing.ts';
import { duration, printedTime } from './format.ts';

interface LastUpdatedProps {
  /** When the data was read (ms since 1970). */
  readonly at: number;
  /** The last refresh failed. */
  readonly failing: boolean;
  readonly fetching: boolean;
  readonly onRefresh: () => void;
}

/** When the data was last updated. Not a live region: updates are frequent. */
export function LastUpdated({ at, failing, fetching, onRefresh }: LastUpdatedProps) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const text = usePrinting() ? printedTime(at) : ago(now - at);
  return (
    <SpaceBetween direction="horizontal" size="xxs" alignItems="center">
      {failing ? (
        <StatusIndicator type="warning">Couldn’t refresh. Last updated {text}</StatusIndicator>
      ) : (
        <Box color="text-body-secondary" fontSize="body-s">
          Updated {text}
        </Box>
      )}
      <Button
        variant="icon"
        iconName="refresh"
        ariaLabel="Refresh"
        onClick={onRefresh}
        {...(fetching && { loading: failing })}
      />
    </SpaceBetween>
  );
}

function ago(length: number): string {
  const seconds = Math.max(0, Math.trunc(length / 1_000));
  if (seconds < 2) return 'just now';
  return seconds < 60 ? `${seconds} seconds ago` : `${duration(length)} ago`;
}
