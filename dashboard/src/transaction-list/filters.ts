import type { Outcome, TransactionStatus } from '../api/answers.ts';
import type { TransactionFilter } from '../api/list-queries.ts';
import { OUTCOMES, STATUSES } from '../wording/status.ts';

/** An option of a filter. */
export interface FilterOption {
  /** The value of the search parameter; empty for no filter. */
  readonly id: string;
  readonly text: string;
  readonly filter: Omit<TransactionFilter, 'user'>;
}

/** The first option is the default. */
type FilterOptions = readonly [FilterOption, ...FilterOption[]];

const ANY: FilterOption = { id: '', text: 'Any', filter: {} };

/** Transactions with an order that carries Junction's tag, also after the redraw has ended. */
const REDRAW_AVAILABLE = {
  id: 'redraw_available',
  text: 'Redraw available',
  filter: { redraw: 'available' },
} as const satisfies FilterOption;

/** `status=…` */
export const STATUS_OPTIONS: FilterOptions = [
  ANY,
  ...entriesOf(STATUSES).map(([id, text]) => ({ id, text, filter: { status: id } })),
];

/** `tag=…` */
export const TAG_OPTIONS: FilterOptions = [ANY, REDRAW_AVAILABLE];

/** `outcome=…` */
export const OUTCOME_OPTIONS: FilterOptions = [
  ANY,
  ...entriesOf(OUTCOMES).map(([id, { text }]) => ({ id, text, filter: { outcomes: [id] } })),
];

/** `show=…` on Results. A transaction has results as soon as the lab has reported some. */
export const RESULT_OPTIONS: FilterOptions = [
  { id: '', text: 'All results', filter: { results: 'reported' } },
  { id: 'complete', text: 'Complete', filter: { outcomes: ['results_complete'] } },
  {
    id: 'incomplete',
    text: 'Incomplete',
    filter: {
      results: 'reported',
      outcomes: entriesOf(OUTCOMES).flatMap(([id]) => (id === 'results_complete' ? [] : [id])),
    },
  },
  { id: 'partial', text: 'In progress', filter: { results: 'reported', outcomes: ['in_progress'] } },
  REDRAW_AVAILABLE,
];

/** The option that a search parameter names; the default for an unknown value. */
export function selectedOption(options: FilterOptions, id: string | null): FilterOption {
  return options.find((option) => option.id === id) ?? options[0];
}

function entriesOf<Key extends Outcome | TransactionStatus, Value>(
  record: Readonly<Record<Key, Value>>,
): [Key, Value][] {
  return Object.entries(record) as [Key, Value][];
}
