import Badge from '@cloudscape-design/components/badge';
import type { Redraw } from '../api/answers.ts';
import { redrawState } from '../wording/status.ts';

/**
 * Junction's tag of an order for which a redraw became available. It stays after the redraw has ended, with how it ended. It is
 * red and says so while the redraw is flagged as overdue.
 */
export function RedrawTag({ redraw }: { redraw: Redraw }) {
  const { state } = redraw;
  const ended = state === 'completed' || state === 'cancelled' || state === 'failed';
  const { text } = redrawState(redraw);
  return (
    <>
      <Badge color={state === 'stale' ? 'severity-high' : 'severity-low'}>Redraw available</Badge>
      {(ended || state === 'stale') && <span className="aside"> {text}</span>}
    </>
  );
}
