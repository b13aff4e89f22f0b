import Button from '@cloudscape-design/components/button';
import Select from '@cloudscape-design/components/select';
import TextFilter from '@cloudscape-design/components/text-filter';
import { STAGES } from '../../wording/status.ts';
import type { ViewInAddress } from './use-view.ts';
import { isFiltered, STATES } from './view.ts';

interface Option {
  readonly id: string;
  readonly text: string;
}

const ACKNOWLEDGED: readonly Option[] = [
  { id: 'no', text: 'Not acknowledged' },
  { id: 'yes', text: 'Acknowledged' },
];

/** Narrows the worklist down. `found`: how many are left. */
export function Filters({ place, found }: { place: ViewInAddress; found: number }) {
  const { view, choose, type, clear } = place;
  const acknowledged = view.acknowledged === null ? null : view.acknowledged ? 'yes' : 'no';
  return (
    <search className="worklist-filters">
      <div className="text">
        <TextFilter
          filteringText={view.text}
          onChange={({ detail }) => type(detail.filteringText)}
          filteringPlaceholder="Find by id, marker, person or note"
          filteringAriaLabel="Find among the open redraws by id, marker, person or note"
          filteringClearAriaLabel="Clear the text"
          countText={
            isFiltered(view) ? found.toLocaleString('en') + (found === 1 ? ' match' : ' matches') : ''
          }
        />
      </div>
      <Choice
        label="State"
        options={STATES}
        chosen={view.state}
        choose={(id) => choose({ state: STATES.find((option) => option.id === id)?.id ?? null })}
      />
      <Choice label="Waits for" options={STAGES} chosen={view.stage} choose={(stage) => choose({ stage })} />
      <Choice
        label="Acknowledged"
        options={ACKNOWLEDGED}
        chosen={acknowledged}
        choose={(id) => choose({ acknowledged: id === null ? null : id === 'yes' })}
      />
      {isFiltered(view) && (
        <Button variant="inline-link" onClick={clear}>
          Clear
        </Button>
      )}
    </search>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: string | null;
  readonly choose: (id: string | null) => void;
}

const ANY = 'any';

function Choice({ label, options, chosen, choose }: ChoiceProps) {
  const all = [{ value: ANY, label: 'Any' }, ...options.map(({ id, text }) => ({ value: id, label: text }))];
  return (
    <div className="choice">
      <Select
        inlineLabelText={label}
        options={all}
        selectedOption={all.find(({ value }) => value === chosen) ?? all[0] ?? null}
        onChange={({ detail: { selectedOption } }) =>
          choose(selectedOption.value === ANY ? null : (selectedOption.value ?? null))
        }
        expandToViewport
      />
    </div>
  );
}
