import { textTable } from '../text-table.ts';
import { KINDS } from './kinds.ts';
import type { WrongStates } from './wrong-states.ts';

/** How many transactions ended wrong with each peer, and of which kinds. Kinds that never occurred have no column. */
export function statesTable(states: readonly WrongStates[]): string {
  if (states.length === 0) return '';
  const kinds = KINDS.filter((kind) => states.some((state) => state.kinds[kind] > 0));
  const rows = states.map((state) => [
    state.title,
    `${state.of}, ${state.course}, ${state.spelling}`,
    `${state.wrong} of ${state.transactions}`,
    ...kinds.map((kind) => String(state.kinds[kind])),
    state.misinformed === 0 ? '' : `${state.noticed} of ${state.misinformed}`,
  ]);
  return textTable([['end states', 'webhooks', 'wrong', ...kinds, 'lost, but noticed'], ...rows]);
}

/** Violations: ours must not end in any wrong transaction. */
export function faultsIn(states: readonly WrongStates[]): string[] {
  return states
    .filter(({ peer, wrong }) => peer === 'redraw-tracker' && wrong > 0)
    .map(({ wrong, course, spelling, examples }) =>
      [`Wrong end states of ours ${course}, ${spelling}: ${wrong}.`, ...examples].join('\n  '),
    );
}
