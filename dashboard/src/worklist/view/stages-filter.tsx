import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { STAGES } from '../../wording/status.ts';

interface StagesProps {
  readonly chosen: readonly string[];
  readonly choose: (ids: readonly string[]) => void;
}

/** Redraws at any of several steps. A multiselect would do too, but the first view already has a button dropdown. */
export function StagesFilter({ chosen, choose }: StagesProps) {
  return (
    <div className="choice">
      <ButtonDropdown
        items={STAGES.map(({ id, text }) => ({
          id,
          text,
          itemType: 'checkbox' as const,
          checked: chosen.includes(id),
        }))}
        onItemClick={({ detail: { id } }) =>
          choose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
        }
        fullWidth
        expandToViewport
      >
        Waiting on: {shownChoice(chosen)}
      </ButtonDropdown>
    </div>
  );
}

function shownChoice(chosen: readonly string[]): string {
  if (chosen.length === 0) return 'any';
  const [only] = STAGES.filter(({ id }) => chosen.includes(id));
  return chosen.length === 1 && only ? only.text : `${chosen.length} steps`;
}
