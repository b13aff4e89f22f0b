import Button from '@cloudscape-design/components/button';
import Select from '@cloudscape-design/components/select';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { Transaction } from '../../api/answers.ts';
import { useHasMessages } from '../../session/configuration-context.tsx';
import { DayChoice } from '../../transaction-list/day-choice.tsx';
import { REACHES } from '../../wording/messages.ts';
import { labText, modalityText } from '../../wording/status.ts';
import { StagesFilter } from './stages-filter.tsx';
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

interface FiltersProps {
  readonly place: ViewInAddress;
  /** The number of matches; undefined while it is not known. */
  readonly found: number | undefined;
  /** What the tests, labs and owners to choose from are taken from. */
  readonly offered: readonly Transaction[];
}

/** The filters of the worklist. */
export function Filters({ place, found, offered }: FiltersProps) {
  const { view, choose, type, clear } = place;
  const [tests, labs] = [optionsOf(offered, 'name', String), optionsOf(offered, 'lab', labText)];
  const messages = useHasMessages();
  const acknowledged = view.acknowledged === null ? null : view.acknowledged ? 'yes' : 'no';
  return (
    <search className="worklist-filters">
      <div className="text">
        <TextFilter
          filteringText={view.text}
          onChange={({ detail }) => type(detail.filteringText)}
          filteringPlaceholder="Search by ID, test, marker or owner"
          filteringAriaLabel="Search open redraws by ID, test, lab, marker, owner, or acknowledgement"
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
      <StagesFilter chosen={view.stages} choose={(stages) => choose({ stages })} />
      <Choice label="Test" options={tests} chosen={view.test} choose={(test) => choose({ test })} />
      <Choice label="Lab" options={labs} chosen={view.lab} choose={(lab) => choose({ lab })} />
      <Choice
        label="Modality"
        options={modalitiesOf(offered)}
        chosen={view.modality}
        choose={(modality) => choose({ modality })}
      />
      <div className="choice">
        <DayChoice
          label="Expected by"
          chosen={view.expectedBy ?? ''}
          onChoose={(day) => choose({ expectedBy: day || null })}
        />
      </div>
      <Choice
        label="Owner"
        options={ownersIn(offered, view.owner)}
        chosen={view.owner}
        choose={(owner) => choose({ owner })}
      />
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

/** The distinct values of a lab test field in the redraws' orders, by name. */
function optionsOf(
  offered: readonly Transaction[],
  field: 'name' | 'lab',
  textOf: (value: string) => string,
): Option[] {
  return distinct(
    offered.flatMap(({ orders }) => orders.map(({ lab_test }) => lab_test?.[field])),
    textOf,
  );
}

function modalitiesOf(offered: readonly Transaction[]): Option[] {
  return distinct(
    offered.flatMap(({ orders }) => orders.map(({ modality }) => modality)),
    modalityText,
  );
}

function distinct(
  values: readonly (string | null | undefined)[],
  textOf: (value: string) => string,
): Option[] {
  return [...new Set(values.filter((value) => value != null))]
    .map((id) => ({ id, text: textOf(id) }))
    .sort((a, b) => a.text.localeCompare(b.text, 'en'));
}

/** The user, unassigned, then each owner of the redraws, and the one in the URL. */
function ownersIn(offered: readonly Transaction[], chosen: string | null): Option[] {
  const names = [...offered.map(({ assignment }) => assignment?.assignee), chosen].filter(
    (name) => name != null,
  );
  const others = new Set(names.filter((name) => name !== 'me' && name !== 'none').sort());
  return [
    { id: 'me', text: 'You' },
    { id: 'none', text: 'Unassigned' },
    ...[...others].map((name) => ({ id: name, text: name })),
  ];
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
