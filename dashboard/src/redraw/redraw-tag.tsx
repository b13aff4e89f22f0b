import Badge from '@cloudscape-design/components/badge';
import type { Redraw } from '../api/answers.ts';
import { REDRAW_STATES, SINGLE_ORDER_REDRAW } from '../wording/status.ts';

/**
 * Junction's tag of an order for which a redraw became available. It stays after the redraw has ended, with how it ended. It is
 * red and says so while the redraw is flagged as overdue.
 */
export function RedrawTag({ redraw }: { redraw: Redraw }) {
  const { state, single_order } = redraw;
  const ended = state === 'completed' || state === 'cancelled' || state === 'failed';
  const { text } = single_order ? SINGLE_ORDER_REDRAW : REDRAW_STATES[state];
  return (
    <>
      <Badge color={state === 'stale' ? 'severity-high' : 'severity-low'}>Redraw available</Badge>
      {(ended || state === 'stale') && <span className="aside"> {text}</span>}
    </>
  );
}
