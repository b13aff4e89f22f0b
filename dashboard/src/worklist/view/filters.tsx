import Button from '@cloudscape-design/components/button';
import Select from '@cloudscape-design/components/select';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useHasMessages } from '../../session/configuration-context.tsx';
import { REACHES } from '../../wording/messages.ts';
import { STAGES } from '../../wording/status.ts';
import type { ViewInAddress } from './use-view.ts';
import { DUE_STATUSES, isFiltered } from './view.ts';

interface Option {
  readonly id: string;
  readonly text: string;
}

const ACKNOWLEDGED: readonly Option[] = [
  { id: 'no', text: 'Not acknowledged' },
  { id: 'yes', text: 'Acknowledged' },
];

/** The filters of the worklist. `found`: the number of matches; undefined while it is not known. */
export function Filters({ place, found }: { place: ViewInAddress; found: number | undefined }) {
  const { view, choose, type, clear } = place;
  const messages = useHasMessages();
  const acknowledged = view.acknowledged === null ? null : view.acknowledged ? 'yes' : 'no';
  return (
    <search className="worklist-filters">
      <div className="text">
        <TextFilter
          filteringText={view.text}
          onChange={({ detail }) => type(detail.filteringText)}
          filteringPlaceholder="Search by ID, marker, person or note"
          filteringAriaLabel="Search open redraws by ID, marker, person or note"
          filteringClearAriaLabel="Clear search"
          countText={
            isFiltered(view) && found !== undefined
              ? found.toLocaleString('en') + (found === 1 ? ' match' : ' matches')
              : ''
          }
        />
      </div>
      <Choice
        label="Due"
        options={DUE_STATUSES}
        chosen={view.due}
        choose={(id) => choose({ due: DUE_STATUSES.find((option) => option.id === id)?.id ?? null })}
      />
      <Choice label="Waiting on" options={STAGES} chosen={view.stage} choose={(stage) => choose({ stage })} />
      <Choice
        label="Acknowledged"
        options={ACKNOWLEDGED}
        chosen={acknowledged}
        choose={(id) => choose({ acknowledged: id === null ? null : id === 'yes' })}
      />
      {messages && (
        <Choice
          label="Patient"
          options={REACHES}
          chosen={view.reach}
          choose={(id) => choose({ reach: REACHES.find((option) => option.id === id)?.id ?? null })}
        />
      )}
      {isFiltered(view) && (
        <Button variant="inline-link" onClick={clear}>
          Clear filters
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
