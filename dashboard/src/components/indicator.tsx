import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';

interface IndicatorProps {
  readonly type: StatusIndicatorProps.Type;
  readonly quiet?: boolean;
  readonly children: ReactNode;
}

/** A sentence or less after a sign of what it means. Unlike Cloudscape's own, it is not broken within words. */
export function Indicator({ type, quiet = false, children }: IndicatorProps) {
  return (
    <StatusIndicator type={type} {...(quiet && { colorOverride: 'grey' as const })}>
      <span className="whole-words">{children}</span>
    </StatusIndicator>
  );
}
