import type { Told as ToldAnswer } from '../../../dashboard/src/api/answers.ts';
import { Indicator } from '../../../dashboard/src/components/indicator.tsx';
import { Timestamp } from '../../../dashboard/src/time/timestamp.tsx';
import { CHANNELS_IN_TEXT, messageStateText } from '../../../dashboard/src/wording/messages.ts';

/** Whether the patient was notified of the redraw, by the latest message that was sent or failed. */
export function Told({ told }: { told: ToldAnswer | null }) {
  if (told === null) return <span className="aside">Not notified yet</span>;
  const { channel, reached, state, at } = told;
  if (reached) {
    return (
      <>
        <div>Notified by {CHANNELS_IN_TEXT[channel]}</div>
        <div className="aside">
          <Timestamp at={at} />
          {state === 'delivered' && ', delivered'}
        </div>
      </>
    );
  }
  return (
    <>
      <div className="whole">
        <Indicator type="error">Could not be reached</Indicator>
      </div>
      <div className="aside under">
        {messageStateText(told)}, <Timestamp at={at} />
      </div>
    </>
  );
}
