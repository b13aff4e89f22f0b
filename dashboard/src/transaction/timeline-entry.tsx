import Badge from '@cloudscape-design/components/badge';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import {
  isUndelivered,
  messageReasonText,
} from '../../../capabilities/messages/page/wording/message-outcomes.ts';
import { templateText } from '../../../capabilities/messages/page/wording/message-templates.ts';
import type { Appointment, Note, PatientMessage } from '../api/answers.ts';
import { Indicator } from '../components/indicator.tsx';
import { FollowUpDay } from '../handling/follow-up-day.tsx';
import { clockTime, timeInZone } from '../time/clock-time.ts';
import { exactTime, relativeTime } from '../time/format.ts';
import { isOver } from '../wording/appointments.ts';
import { byText } from '../wording/caller.ts';
import { acknowledgementText } from '../wording/decisions.ts';
import { appointmentTypeText, statusDetailText, statusText } from '../wording/status.ts';
import { changesFoundText, checkedBy } from './check-wording.ts';
import { type Entry, isOfOrder, lowLevel, type OrderEntry } from './entries.ts';
import { entryTitle, isRequested } from './entry-title.ts';
import { delayText, learnedText } from './explanation-wording.ts';
import { LaneLabel } from './lane-label.tsx';
import type { Lane } from './lanes.ts';
import type { Row } from './timeline.ts';

interface EntryProps {
  readonly row: Row;
  readonly lanes: readonly Lane[];
  /** In ms since 1970. */
  readonly now: number;
}

/** One entry: time, title, order, and how we learned of it. */
export function EntryWords({ row: { entry, ahead }, lanes, now }: EntryProps) {
  const time = Date.parse(entry.at);
  return (
    <>
      <time dateTime={entry.at} title={`${exactTime(time)}, ${relativeTime(time, now)}`}>
        {clockTime(time, now)}
      </time>
      <div>
        <EntryHeading entry={entry} ahead={ahead} />{' '}
        {isOfOrder(entry) && <LaneLabel orderId={entry.orderId} lanes={lanes} />}
        <EntryMore entry={entry} now={now} lanes={lanes} />
        {isOfOrder(entry) && <HowLearned entry={entry} lanes={lanes} />}
      </div>
    </>
  );
}

/** Icons for entries that people look for. */
const SIGNS: Partial<Record<Entry['kind'], StatusIndicatorProps.Type>> = {
  stale: 'error',
  acknowledged: 'success',
  due: 'pending',
  critical_result: 'warning',
};

function EntryHeading({ entry, ahead }: { entry: Entry; ahead: boolean }) {
  const title = entryTitle(entry, ahead);
  const heading = <span className="entry-title">{title}</span>;
  if (saysRedrawAvailable(entry)) {
    return (
      <span className="entry-title">
        <Badge color="severity-low">{title}</Badge>
      </span>
    );
  }
  const sign = signOf(entry, ahead);
  return sign ? (
    <span className="entry-title">
      <Indicator type={sign}>{title}</Indicator>
    </span>
  ) : (
    heading
  );
}

function signOf(entry: Entry, ahead: boolean): StatusIndicatorProps.Type | undefined {
  if (entry.kind === 'due' && !ahead) return 'warning';
  if (entry.kind === 'noted' && entry.note.kind === 'unreachable') return 'warning';
  if (entry.kind === 'message' && isUndelivered(entry.message)) return 'warning';
  return SIGNS[entry.kind];
}

function saysRedrawAvailable(entry: Entry): boolean {
  if (entry.kind === 'event') return lowLevel(entry.status) === 'redraw_available';
  return entry.kind === 'redraw_available';
}

function EntryMore({ entry, now, lanes }: Pick<EntryProps, 'now' | 'lanes'> & { entry: Entry }): ReactNode {
  switch (entry.kind) {
    case 'event':
      return entry.detail && <span className="entry-more">{statusDetailText(entry.detail)}</span>;
    case 'appointment':
      return <AppointmentMore appointment={entry.appointment} />;
    case 'acknowledged': {
      const { stop_messages } = entry.acknowledgement;
      const by = `By ${byText(entry.acknowledgement)}`;
      const text = acknowledgementText(entry.acknowledgement);
      return (
        <>
          <span className="entry-more">{text ? `${by}: ${text}` : by}</span>
          {stop_messages && <span className="entry-more">Messages to the patient stopped</span>}
        </>
      );
    }
    case 'noted':
      return <NoteMore note={entry.note} />;
    case 'checked':
      return (
        <span className="entry-more">
          {checkedBy(entry.check)}. {changesFoundText(entry.check, lanes)}
        </span>
      );
    case 'released':
      return <span className="entry-more">By {byText(entry.withdrawal)}</span>;
    case 'critical_result':
      return <span className="entry-more">{statusText(entry.status)}</span>;
    case 'message':
    case 'planned_message':
      return <MessageMore message={entry.message} />;
    case 'due':
      return <span className="entry-more">{relativeTime(Date.parse(entry.at), now)}</span>;
    default:
      return null;
  }
}

function NoteMore({ note }: { note: Note }) {
  const by = `By ${byText(note)}`;
  return (
    <>
      <span className="entry-more note">{note.text === null ? by : `${by}: ${note.text}`}</span>
      {note.follow_up_at !== null && (
        <span className="entry-more">
          Follow-up <FollowUpDay at={note.follow_up_at} />
        </span>
      )}
    </>
  );
}

function MessageMore({ message }: { message: PatientMessage }) {
  const { template, by, caller, why, sent_at } = message;
  const reason = messageReasonText(message);
  const requested = by !== null && caller !== null && byText({ by, caller });
  return (
    <>
      <span className="entry-more">{templateText(template)}</span>
      {reason && <span className="entry-more">{reason}</span>}
      {requested && (
        <span className="entry-more">
          {sent_at === null ? 'Requested' : 'Sent'} by {requested}
          {why && `: ${why}`}
        </span>
      )}
    </>
  );
}

function AppointmentMore({ appointment }: { appointment: Appointment }) {
  const { type, can_reschedule, provider, status, event_status, start_at, end_at } = appointment;
  const { iana_timezone: zone } = appointment;
  const stands = [
    statusText(event_status ?? status),
    ...(provider ? [statusText(provider)] : []),
    ...(type ? [appointmentTypeText(type)] : []),
  ];
  const there =
    zone &&
    start_at !== null &&
    timeInZone(Date.parse(start_at), end_at === null ? null : Date.parse(end_at), zone);
  return (
    <>
      <span className="entry-more">{stands.join(', ')}</span>
      {isRequested(appointment) && <span className="entry-more">No time yet</span>}
      {can_reschedule !== null && !isOver(appointment) && (
        <span className="entry-more">{can_reschedule ? 'Can be rescheduled' : 'Can’t be rescheduled'}</span>
      )}
      {there && (
        <span className="entry-more" title={zone}>
          Local time: {there}
        </span>
      )}
    </>
  );
}

function HowLearned({ entry, lanes }: { entry: OrderEntry; lanes: readonly Lane[] }) {
  if (!('learned' in entry)) return null;
  const { text, expected } = learnedText(entry.learned, lanes);
  const said = (
    <>
      {text}
      {entry.kind === 'event' && <Delay at={entry.at} learnedAt={entry.learnedAt} />}
    </>
  );
  if (expected) return <span className="entry-more aside">{said}</span>;
  return (
    <span className="entry-more">
      <Indicator type="warning" quiet>
        {said}
      </Indicator>
    </span>
  );
}

function Delay({ at, learnedAt }: { at: string; learnedAt: string | null }) {
  const delay = learnedAt && delayText(at, learnedAt);
  if (!delay) return null;
  return (
    <>
      ,{' '}
      <time dateTime={learnedAt} title={`Received ${exactTime(Date.parse(learnedAt))}`}>
        {delay}
      </time>
    </>
  );
}
