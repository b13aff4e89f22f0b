import type { Redraw } from '../api/answers.ts';
import { relativeTime } from '../time/format.ts';
import { byText } from './caller.ts';

type Acknowledgement = Pick<NonNullable<Redraw['acknowledgement']>, 'by' | 'caller' | 'at'>;

/** What an acknowledgement or a release conflicts with: what somebody did since the page was read. */
export interface Taken extends Acknowledgement {
  readonly kind: 'acknowledged' | 'released';
}

/** The marks that a person sets on a redraw or a stalled order. */
interface Marks {
  readonly acknowledgement: Acknowledgement | null;
  readonly withdrawal: Redraw['withdrawal'];
}

/**
 * What somebody did since `seen` was read; null if nobody did anything.
 *
 * @param seen the acknowledgement that the user saw; null for none
 * @param marks the current ones; null if there is nothing to acknowledge any more
 */
export function takenSince(seen: Pick<Acknowledgement, 'at'> | null, marks: Marks | null): Taken | null {
  if (!marks) return null;
  const { acknowledgement, withdrawal } = marks;
  if (acknowledgement) {
    return acknowledgement.at === seen?.at ? null : { kind: 'acknowledged', ...acknowledgement };
  }
  return seen && withdrawal && withdrawal.at > seen.at ? { kind: 'released', ...withdrawal } : null;
}

/** Who did it and when, in words: "olivia acknowledged it 1 minute ago." */
export function takenText(taken: Taken, now: number): string {
  return `${byText(taken)} ${taken.kind} it ${relativeTime(Date.parse(taken.at), now)}.`;
}
