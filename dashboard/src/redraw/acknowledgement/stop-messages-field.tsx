import Checkbox from '@cloudscape-design/components/checkbox';
import { useHasMessages } from '../../session/configuration-context.tsx';

interface StopMessagesFieldProps {
  readonly stopped: boolean;
  readonly stop: (stopped: boolean) => void;
}

/** Whether an acknowledgement stops messages. Nothing where patients get none. */
export function StopMessagesField({ stopped, stop }: StopMessagesFieldProps) {
  if (!useHasMessages()) return null;
  return (
    <Checkbox
      checked={stopped}
      onChange={({ detail }) => stop(detail.checked)}
      description="They start again when the redraw moves to the next step or is released."
    >
      Stop messages to the patient
    </Checkbox>
  );
}
