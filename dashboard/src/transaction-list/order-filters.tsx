import Select from '@cloudscape-design/components/select';
import type { TransactionFilter } from '../api/list-queries.ts';
import { isDay } from '../time/day.ts';
import { MODALITY_NAMES, modalityText } from '../wording/status.ts';
import { DayChoice } from './day-choice.tsx';
import { TextChoice } from './text-choice.tsx';

/** The filter by what orders are for, from search parameters. Text that is not a date is left out, and the control says so. */
export function orderFilterIn(
  params: URLSearchParams,
): Pick<TransactionFilter, 'test' | 'lab' | 'modality' | 'expectedBy'> {
  const given = (name: string) => params.get(name)?.trim() || undefined;
  const day = given('expected_by');
  return {
    test: given('test'),
    lab: given('lab'),
    modality: given('modality'),
    expectedBy: day && isDay(day) ? day : undefined,
  };
}

export function isOrderFiltered(params: URLSearchParams): boolean {
  return Object.values(orderFilterIn(params)).some((value) => value !== undefined);
}

interface OrderFiltersProps {
  readonly params: URLSearchParams;
  readonly set: (name: string, value: string) => void;
}

/** The controls of that filter. */
export function OrderFilters({ params, set }: OrderFiltersProps) {
  const options = ['', ...MODALITY_NAMES].map((id) => ({
    value: id,
    label: id === '' ? 'Any' : modalityText(id),
  }));
  return (
    <>
      <div className="text">
        <TextChoice
          of="test"
          placeholder="Test"
          chosen={params.get('test') ?? ''}
          onChoose={(text) => set('test', text)}
        />
      </div>
      <div className="text">
        <TextChoice
          of="lab"
          placeholder="Lab, such as quest"
          chosen={params.get('lab') ?? ''}
          onChoose={(text) => set('lab', text)}
        />
      </div>
      <div className="select">
        <Select
          inlineLabelText="Modality"
          options={options}
          selectedOption={options.find(({ value }) => value === params.get('modality')) ?? options[0] ?? null}
          onChange={({ detail }) => set('modality', detail.selectedOption.value ?? '')}
        />
      </div>
      <div className="text">
        <DayChoice
          label="Expected by"
          chosen={params.get('expected_by')?.trim() ?? ''}
          onChoose={(day) => set('expected_by', day)}
        />
      </div>
    </>
  );
}
