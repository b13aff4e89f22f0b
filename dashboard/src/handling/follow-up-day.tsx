import { calendarDate } from '../time/clock-time.ts';
import { exactTime } from '../time/format.ts';
import { useNow } from '../time/use-now.ts';

/** The day of a follow-up, "Thu, Nov 26", with its time on hover. */
export function FollowUpDay({ at }: { at: string }) {
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={exactTime(time)}>
      {calendarDate(time, useNow())}
    </time>
  );
}
