import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Owned } from '../handling/assignments.ts';
import { useAssignEach } from '../handling/use-assign-each.ts';
import { usePerson } from '../session/session-context.tsx';

interface SelectionBarProps {
  readonly selected: readonly Owned[];
  readonly onAssign: () => void;
  readonly onFollowUp: () => void;
  /** Undefined where more than one row is selected: people speak with one patient at a time. */
  readonly onLog: (() => void) | undefined;
  readonly onClear: () => void;
}

/** What can be done with the selected rows. */
export function SelectionBar({ selected, onAssign, onFollowUp, onLog, onClear }: SelectionBarProps) {
  const assignEach = useAssignEach();
  const { name: me } = usePerson();
  return (
    <section className="selection-bar" aria-label="Selected rows">
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <b>{selected.length} selected</b>
        <Button
          onClick={() => {
            assignEach(selected, { assignee: me }, 'Taken');
            onClear();
          }}
        >
          Take
        </Button>
        <Button onClick={onAssign}>Assign</Button>
        <Button onClick={onFollowUp}>Follow up</Button>
        <Button
          disabled={!onLog}
          {...(!onLog && { disabledReason: 'Select one row to log a contact.' })}
          onClick={() => onLog?.()}
        >
          Log a contact
        </Button>
        <Button
          onClick={() => {
            assignEach(
              selected.filter(({ assignment }) => assignment),
              { assignee: null, followUpAt: null },
              'Released',
            );
            onClear();
          }}
        >
          Release
        </Button>
        <Button variant="link" onClick={onClear}>
          Clear
        </Button>
      </SpaceBetween>
    </section>
  );
}
