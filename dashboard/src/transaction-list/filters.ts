import type { TransactionFilter } from '../api/list-queries.ts';
import { OUTCOMES, STATUSES } from '../wording/status.ts';

interface Choice {
  readonly property: string;
  /** In the address. */
  readonly value: string;
  readonly label: string;
  readonly filter: TransactionFilter;
}

/** The properties with names of their own, by what the API filters by. */
export const CHOICES: readonly Choice[] = [
  ...entriesOf(OUTCOMES).map(([value, { text: label }]) => {
    return { property: 'outcome', value, label, filter: { outcomes: [value] } };
  }),
  ...entriesOf(STATUSES).map(([value, label]) => {
    return { property: 'status', value, label, filter: { status: value } };
  }),
  // With an order that carries Junction's tag, also after the redraw has ended.
  { property: 'tag', value: 'redraw_available', label: 'Redraw available', filter: { redraw: 'available' } },
  {
    property: 'results',
    value: 'reported',
    label: 'Reported, partial or final',
    filter: { results: 'reported' },
  },
];

/** What the choices in the address filter by. An unknown one is none. */
export function chosenIn(params: URLSearchParams): TransactionFilter {
  const chosen = CHOICES.filter(({ property, value }) => params.get(property) === value);
  return Object.assign({}, ...chosen.map(({ filter }) => filter));
}

function entriesOf<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][];
}
