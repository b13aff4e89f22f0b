import { KINDS } from '../wrong-states/kinds.ts';
import type { WrongStates } from '../wrong-states/wrong-states.ts';
import { barsPicture } from './bars.ts';
import type { Theme } from './themes.ts';

/** A bar for each peer: the transactions that ended wrong, by kind, and how many lost webhooks were noticed. */
export function wrongStatesPicture(states: readonly WrongStates[], theme: Theme): string {
  const kinds = KINDS.filter((kind) => states.some((state) => state.kinds[kind] > 0));
  const [{ transactions = 0, webhooks = 0 } = {}] = states;
  return barsPicture(
    {
      title: `Wrong end states of ${transactions} transactions after ${webhooks} webhooks in disorder`,
      parts: kinds.map((name) => ({ name, colour: theme.parts[KINDS.indexOf(name)] ?? theme.quiet })),
      rows: states.map((state) => ({
        title: state.title,
        isOurs: state.peer === 'redraw-tracker',
        values: kinds.map((kind) => state.kinds[kind]),
        label: String(state.wrong),
        isLabelGood: state.wrong === 0,
        note: `${state.noticed} of ${state.misinformed}`,
        isNoteGood: state.noticed > 0,
      })),
      noteHeading: ['wrong due to a lost', 'webhook, but noticed'],
      description: states
        .map(({ title, wrong, transactions: all }) => `${title}: ${wrong} of ${all} wrong`)
        .join('; '),
    },
    theme,
  );
}
