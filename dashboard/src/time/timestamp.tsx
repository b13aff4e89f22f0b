import { usePrinting } from '../screen/use-printing.ts';
import { exactTime, printedTime, relativeTime } from './format.ts';
import { useNow } from './use-now.ts';

interface InstantProps {
  /** RFC 3339; null shows a dash. */
  readonly at: string | null;
  /** Shows the exact time, with the relative one on hover. */
  readonly exact?: boolean;
}

/**
 * A relative time, with the exact one on hover in the user's time zone. On paper, the date: a sheet is read later than it was
 * printed.
 */
export function Timestamp({ at, exact = false }: InstantProps) {
  const now = useNow();
  const printing = usePrinting();
  const time = at === null ? Number.NaN : Date.parse(at);
  if (at === null || Number.isNaN(time)) return <span>–</span>;
  const [shown, hidden] = exact
    ? [exactTime(time), relativeTime(time, now)]
    : [relativeTime(time, now), exactTime(time)];
  return (
    <time dateTime={at} title={hidden}>
      {printing && !exact ? printedTime(time) : shown}
    </time>
  );
}
