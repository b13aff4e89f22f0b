import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import type { AvailableSlots } from '../api/answers.ts';
import { OtherDays } from './other-days.tsx';
import { TimePicker } from './time-picker.tsx';
import type { FreeTimes } from './use-available-times.ts';

interface TimeChoiceProps {
  readonly free: FreeTimes;
  /** The ID of the chosen time. */
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
  /** Why the API refused the time. */
  readonly error: string | undefined;
}

/** The free times to choose from, or why there are none. */
export function TimeChoice(props: TimeChoiceProps) {
  const { earlier, later, loading } = props.free;
  return (
    <SpaceBetween size="m">
      <Times {...props} />
      <OtherDays onEarlier={earlier} onLater={later} loading={loading} />
    </SpaceBetween>
  );
}

function Times({ free: { data, days, error: failed, retry }, chosen, onChoose, error }: TimeChoiceProps) {
  if (failed) return <ErrorAlert error={failed} what="the available times" retry={retry} />;
  if (!data) return null;
  return days.length > 0 ? (
    <TimePicker days={days} chosen={chosen} onChoose={onChoose} error={error} />
  ) : (
    <NoTimes kind={data.kind} />
  );
}

function NoTimes({ kind }: Pick<AvailableSlots, 'kind'>) {
  return (
    <Box variant="p">
      Junction has no available times in these two weeks.
      {kind === 'psc' &&
        ' Junction books at the service centers of some labs only. For other labs, patients book with the lab itself or walk in.'}
    </Box>
  );
}
