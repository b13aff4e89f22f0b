import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { useSearchParams } from 'wouter';
import type { TransactionFilter } from '../api/list-queries.ts';
import { useTeamNames } from '../session/configuration-context.tsx';
import { FilterField } from '../table/filter-field.tsx';
import { isDay } from '../time/day.ts';
import { MODALITY_NAMES, modalityText } from '../wording/status.ts';
import {
  type FilterOption,
  OUTCOME_OPTIONS,
  STATUS_OPTIONS,
  selectedOption,
  TAG_OPTIONS,
} from './filters.ts';

/** The properties by which the API filters, each with its name in the address. */
const PROPERTIES = [
  { key: 'outcome', propertyLabel: 'Outcome', groupValuesLabel: 'Outcomes', of: 'orders' },
  { key: 'status', propertyLabel: 'Status', groupValuesLabel: 'Statuses', of: 'orders' },
  { key: 'tag', propertyLabel: 'Tag', groupValuesLabel: 'Tags', of: 'orders' },
  { key: 'team', propertyLabel: 'Team', groupValuesLabel: 'Teams', of: 'all' },
  { key: 'test', propertyLabel: 'Test', groupValuesLabel: 'Tests', of: 'all' },
  { key: 'lab', propertyLabel: 'Lab', groupValuesLabel: 'Labs', of: 'all' },
  { key: 'modality', propertyLabel: 'Modality', groupValuesLabel: 'Modalities', of: 'all' },
  { key: 'expected_by', propertyLabel: 'Results expected by', groupValuesLabel: 'Days', of: 'all' },
  { key: 'user', propertyLabel: 'Junction user ID, in full', groupValuesLabel: 'IDs', of: 'all' },
] as const;

const OPTIONS: readonly PropertyFilterProps.FilteringOption[] = [
  ...optionsOf('outcome', OUTCOME_OPTIONS),
  ...optionsOf('status', STATUS_OPTIONS),
  ...optionsOf('tag', TAG_OPTIONS),
  ...MODALITY_NAMES.map((value) => ({ propertyKey: 'modality', value, label: modalityText(value) })),
];

function optionsOf(propertyKey: string, options: readonly FilterOption[]) {
  return options
    .filter(({ id }) => id !== '')
    .map(({ id: value, text: label }) => ({ propertyKey, value, label }));
}

/** The filter that the address has. Text that is not a date is left out, and the control says so. */
export function filterIn(params: URLSearchParams): TransactionFilter {
  const given = (name: string) => params.get(name)?.trim() || undefined;
  const day = given('expected_by');
  return {
    ...selectedOption(STATUS_OPTIONS, params.get('status')).filter,
    ...selectedOption(TAG_OPTIONS, params.get('tag')).filter,
    ...selectedOption(OUTCOME_OPTIONS, params.get('outcome')).filter,
    team: given('team'),
    test: given('test'),
    lab: given('lab'),
    modality: given('modality'),
    expectedBy: day && isDay(day) ? day : undefined,
    user: given('user'),
  };
}

export function isFiltered(params: URLSearchParams): boolean {
  return PROPERTIES.some(({ key }) => Boolean(params.get(key)));
}

/** The address with these tokens, each property once: the last one counts. The list starts again at its first page. */
export function withTokens(
  params: URLSearchParams,
  tokens: readonly { readonly propertyKey?: string; readonly value: string }[],
): URLSearchParams {
  const changed = new URLSearchParams(params);
  changed.delete('cursor');
  for (const { key } of PROPERTIES) changed.delete(key);
  for (const { propertyKey = '', value } of tokens) {
    // The tag filters by outcome too, so one of the two replaces the other.
    if (propertyKey === 'tag') changed.delete('outcome');
    if (propertyKey === 'outcome') changed.delete('tag');
    changed.set(propertyKey, value);
  }
  return changed;
}

interface ListFilterProps {
  /** Results have no status and no tag of their own. */
  readonly of: 'orders' | 'results';
}

/** The control of that filter. */
export function ListFilter({ of }: ListFilterProps) {
  const [params, setParams] = useSearchParams();
  const teams = useTeamNames();
  const properties = PROPERTIES.filter(
    (one) => (of === 'orders' || one.of === 'all') && (one.key !== 'team' || teams.size > 0),
  );
  const operators: Readonly<Record<string, Pick<PropertyFilterProps.FilteringProperty, 'operators'>>> = {
    expected_by: { operators: [{ operator: '=', form: Day }] },
    // The address has the ID of a team.
    team: { operators: [{ operator: '=', format: (id) => teams.get(String(id)) ?? String(id) }] },
  };
  const teamOptions = [...teams].map(([value, label]) => ({ propertyKey: 'team', value, label }));
  const tokens = properties.flatMap(({ key: propertyKey }) => {
    const value = params.get(propertyKey);
    return value ? [{ propertyKey, operator: '=', value }] : [];
  });
  const day = params.get('expected_by') ?? '';
  return (
    <search>
      <FilterField
        query={{ tokens, operation: 'and' }}
        onChange={({ detail }) => setParams((now) => withTokens(now, detail.tokens))}
        filteringProperties={properties.map(({ of: _, ...property }) => ({
          ...property,
          ...operators[property.key],
        }))}
        filteringOptions={[...OPTIONS, ...teamOptions]}
        disableFreeTextFiltering
        hideOperations
        filteringPlaceholder="Filter by test, lab, modality, user"
        filteringAriaLabel={`Filter the ${of}`}
      />
      {day !== '' && !isDay(day) && (
        <div className="not-a-day">
          “{day.slice(0, 40)}” isn’t a date such as 2026-03-20. The list isn’t filtered by it.
        </div>
      )}
    </search>
  );
}

/** A day, entered in the order that the user's browser has for dates. */
function Day({ value, onChange }: { value: string | null; onChange: (day: string) => void }) {
  return (
    <input
      type="date"
      aria-label="Results expected by"
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
