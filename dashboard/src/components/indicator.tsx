import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';

interface IndicatorProps {
  readonly type: StatusIndicatorProps.Type;
  readonly quiet?: boolean;
  readonly children: ReactNode;
}

/** A status indicator for text. Unlike Cloudscape's own, it breaks lines between words only. */
export function Indicator({ type, quiet = false, children }: IndicatorProps) {
  return (
    <StatusIndicator type={type} {...(quiet && { colorOverride: 'grey' as const })}>
      <span className="whole-words">{children}</span>
    </StatusIndicator>
  );
}
