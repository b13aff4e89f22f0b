import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { FreeSlots } from '../../../api/answers.ts';
import { ErrorAlert } from '../../../messages/error-alert.tsx';
import { OtherDays, TimePicker } from './time-picker.tsx';
import type { FreeTimes } from './use-free-times.ts';

interface TimeChoiceProps {
  readonly free: FreeTimes;
  /** The ID of the chosen time. */
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
  /** Why the API refused the time. */
  readonly error: string | undefined;
}

/** The free times to choose from, or why there are none. */
export function TimeChoice({ free, chosen, onChoose, error }: TimeChoiceProps) {
  const { data, days, loading, error: failed, retry, earlier, later } = free;
  if (failed) return <ErrorAlert error={failed} what="the free times" retry={retry} />;
  if (!data)
    return loading && <StatusIndicator type="loading">Asking Junction for free times</StatusIndicator>;
  const otherDays = <OtherDays onEarlier={earlier} onLater={later} />;
  if (days.length > 0) return <TimePicker {...{ otherDays, days, chosen, onChoose, error }} />;
  return (
    <SpaceBetween size="m">
      <NoTimes kind={data.kind} />
      {otherDays}
    </SpaceBetween>
  );
}

function NoTimes({ kind }: Pick<FreeSlots, 'kind'>) {
  return (
    <Box variant="p">
      Junction has no free times in these two weeks.
      {kind === 'psc' &&
        ' It books at the service centers of some labs only. Elsewhere, patients book with the lab itself or walk in.'}
    </Box>
  );
}
