import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Worded } from './status.ts';

/** A state, by word, sign and colour. */
export function State({ of }: { of: Worded }) {
  return <StatusIndicator type={of.tone}>{of.text}</StatusIndicator>;
}
