import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { useSearchParams } from 'wouter';
import type { TransactionFilter } from '../api/list-queries.ts';
import { useTeamNames } from '../session/configuration-context.tsx';
import { FilterField } from '../table/filter-field.tsx';
import { isDay } from '../time/day.ts';
import { MODALITY_NAMES, modalityText } from '../wording/status.ts';
import { CHOICES, chosenIn } from './filters.ts';

/** The properties by which the API filters, each with its name in the address. */
const PROPERTIES = [
  { key: 'outcome', propertyLabel: 'Outcome', groupValuesLabel: 'Outcomes' },
  { key: 'status', propertyLabel: 'Status', groupValuesLabel: 'Statuses' },
  { key: 'tag', propertyLabel: 'Tag', groupValuesLabel: 'Tags' },
  { key: 'results', propertyLabel: 'Results', groupValuesLabel: 'Results' },
  { key: 'team', propertyLabel: 'Team', groupValuesLabel: 'Teams' },
  { key: 'test', propertyLabel: 'Test', groupValuesLabel: 'Tests' },
  { key: 'lab', propertyLabel: 'Lab', groupValuesLabel: 'Labs' },
  { key: 'modality', propertyLabel: 'Modality', groupValuesLabel: 'Modalities' },
  { key: 'expected_by', propertyLabel: 'Results expected by', groupValuesLabel: 'Days' },
  { key: 'user', propertyLabel: 'Junction user ID, in full', groupValuesLabel: 'IDs' },
] as const;

const OPTIONS: readonly PropertyFilterProps.FilteringOption[] = [
  ...CHOICES.map(({ property: propertyKey, value, label }) => ({ propertyKey, value, label })),
  ...MODALITY_NAMES.map((value) => ({ propertyKey: 'modality', value, label: modalityText(value) })),
];

/** The filter that the address has. Text that is not a date is left out, and the control says so. */
export function filterIn(params: URLSearchParams): TransactionFilter {
  const given = (name: string) => params.get(name)?.trim() || undefined;
  const day = given('expected_by');
  return {
    ...chosenIn(params),
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

/** The control of that filter. */
export function ListFilter() {
  const [params, setParams] = useSearchParams();
  const teams = useTeamNames();
  const properties = PROPERTIES.filter(({ key }) => key !== 'team' || teams.size > 0);
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
        filteringProperties={properties.map((property) => ({ ...property, ...operators[property.key] }))}
        filteringOptions={[...OPTIONS, ...teamOptions]}
        disableFreeTextFiltering
        hideOperations
        filteringPlaceholder="Filter by test, lab, modality, user"
        filteringAriaLabel="Filter the orders"
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
