import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';

interface OtherDaysProps {
  /** Null for the first days. */
  readonly onEarlier: (() => void) | null;
  readonly onLater: () => void;
  readonly loading: boolean;
}

/** Asks for the days before or after those that are shown. The buttons stay, so that they keep the focus. */
export function OtherDays({ onEarlier, onLater, loading }: OtherDaysProps) {
  return (
    <SpaceBetween direction="horizontal" size="s">
      <Button
        variant="inline-link"
        disabled={onEarlier === null}
        disabledReason="These are the first days."
        onClick={() => onEarlier?.()}
      >
        Earlier days
      </Button>
      <Button variant="inline-link" onClick={onLater}>
        Later days
      </Button>
      {loading && <StatusIndicator type="loading">Getting available times from Junction</StatusIndicator>}
    </SpaceBetween>
  );
}
