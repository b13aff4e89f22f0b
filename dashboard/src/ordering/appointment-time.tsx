import Box from '@cloudscape-design/components/box';
import { isUnconfirmed } from '../../../core/domain/order/order-progress.ts';
import type { Appointment } from '../api/answers.ts';
import { clockTime, timeInZone } from '../time/clock-time.ts';
import { useNow } from '../time/use-now.ts';
import { appointmentTypeText, statusText } from '../wording/status.ts';

/** When and where an appointment is. */
export function AppointmentTime({ appointment }: { appointment: Appointment }) {
  const { start_at, end_at, iana_timezone: zone, provider, type, status, event_status } = appointment;
  const now = useNow();
  const start = start_at === null ? null : Date.parse(start_at);
  const there =
    start !== null && zone !== null && timeInZone(start, end_at === null ? null : Date.parse(end_at), zone);
  const facts = [
    statusText(event_status ?? status),
    ...(provider === null ? [] : [statusText(provider)]),
    ...(type === null ? [] : [appointmentTypeText(type)]),
  ];
  return (
    <>
      <div>
        {start === null ? 'Requested, no time yet' : clockTime(start, now)}
        {start !== null && isUnconfirmed(appointment) && ' (not confirmed)'}
      </div>
      {there && <Box variant="small" display="block">{`Local time: ${there}`}</Box>}
      <Box variant="small" display="block">
        {facts.join(', ')}
      </Box>
    </>
  );
}
