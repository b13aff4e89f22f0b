import type { Outcome, TransactionStatus } from '../api/answers.ts';
import type { TransactionFilter } from '../api/queries.ts';
import { OUTCOMES, STATUSES } from '../wording/status.ts';

/** What can be chosen of the states: a status, an outcome, or what carries the tag. */
export interface StateChoice {
  readonly id: string;
  readonly text: string;
  readonly filter: Pick<TransactionFilter, 'status' | 'outcomes'>;
}

/** The first is taken unless another is named. */
type Choices = readonly [StateChoice, ...StateChoice[]];

export interface StateGroup {
  readonly text: string;
  readonly choices: readonly StateChoice[];
}

const ANY: StateChoice = { id: '', text: 'Any', filter: {} };

/** The outcomes of what carries the tag. */
const TAGGED = {
  id: 'redraw_available',
  text: 'Redraw available',
  filter: { outcomes: ['redraw_expected', 'redraw_in_progress'] },
} as const satisfies StateChoice;

/** The states an address can ask for by `state=…`; their ids are the API's own names, each of which is there once. */
export const STATE_GROUPS: readonly StateGroup[] = [
  {
    text: 'Status',
    choices: [ANY, ...entriesOf(STATUSES).map(([id, text]) => ({ id, text, filter: { status: id } }))],
  },
  { text: 'Tag', choices: [TAGGED] },
  {
    text: 'Outcome',
    choices: entriesOf(OUTCOMES)
      // Cancelled is a status as well.
      .filter(([id]) => !(id in STATUSES))
      .map(([id, { text }]) => ({ id, text, filter: { outcomes: [id] } })),
  },
];

/** The results that can be asked for by `show=…`. */
export const RESULT_CHOICES: Choices = [
  {
    id: '',
    text: 'All results',
    filter: { outcomes: ['results_complete', 'results_incomplete', 'redraw_expected', 'redraw_in_progress'] },
  },
  { id: 'complete', text: 'Complete', filter: { outcomes: ['results_complete'] } },
  {
    id: 'incomplete',
    text: 'Incomplete',
    filter: { outcomes: ['results_incomplete', 'redraw_expected', 'redraw_in_progress'] },
  },
  TAGGED,
];

/** What an address asks for; what it names that is not there, it does not ask for. */
export function chosen(choices: Choices, id: string | null): StateChoice {
  return choices.find((choice) => choice.id === id) ?? choices[0];
}

export const STATE_CHOICES: Choices = [
  ANY,
  ...STATE_GROUPS.flatMap(({ choices }) => choices).filter((choice) => choice !== ANY),
];

/** The address with a filter set or, by an empty value, taken off: at the start of the list, whatever the place was. */
export function withFilter(params: URLSearchParams, name: string, value: string): URLSearchParams {
  const changed = new URLSearchParams(params);
  changed.delete('cursor');
  if (value === '') changed.delete(name);
  else changed.set(name, value);
  return changed;
}

function entriesOf<Key extends Outcome | TransactionStatus, Value>(
  record: Readonly<Record<Key, Value>>,
): [Key, Value][] {
  return Object.entries(record) as [Key, Value][];
}
