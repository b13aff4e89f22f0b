import type { Redraw } from '../api/answers.ts';

type Flagged = Pick<Redraw, 'unchecked_reason' | 'stage'>;

/** The text for a flag that Junction has not confirmed; null if it has. */
export function uncheckedText({ unchecked_reason, stage }: Flagged) {
  switch (unchecked_reason) {
    case null:
      return null;
    case 'no_key':
      return {
        short: 'Not checked with Junction: no API key',
        long: `Without an API key we couldn’t ask Junction. ${mayHaveHappened(stage)}`,
      };
    case 'no_key_for_team':
      return {
        short: 'Not checked with Junction: no API key of this team',
        long: `Our API key belongs to another team, so Junction doesn’t know this order. ${mayHaveHappened(stage)}`,
      };
    case 'no_answer':
      return {
        short: 'Couldn’t check with Junction',
        long: 'Junction didn’t answer, so this may have moved on since it was flagged.',
      };
  }
}

function mayHaveHappened(stage: string | null): string {
  return stage === 'awaiting_appointment' || stage === 'awaiting_draw'
    ? 'The patient may already have been drawn: Junction sends no webhook for the draw.'
    : 'This may have moved on since it was flagged.';
}
