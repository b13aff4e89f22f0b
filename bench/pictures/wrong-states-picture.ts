import { KINDS } from '../wrong-states/kinds.ts';
import type { WrongStates } from '../wrong-states/wrong-states.ts';
import { escaped, FONT, type Theme } from './themes.ts';

const WIDTH = 960;
const LEFT = 340;
const BAR = 400;
const ROW = 34;
const TOP = 96;

/** A bar for each peer: the share of transactions that ended wrong, by kind, and how many lost webhooks were noticed. */
export function wrongStatesPicture(states: readonly WrongStates[], theme: Theme): string {
  const kinds = KINDS.filter((kind) => states.some((state) => state.kinds[kind] > 0));
  const most = Math.max(1, ...states.map(({ wrong }) => wrong));
  const height = TOP + states.length * ROW + 4;
  const colourOf = (kind: (typeof KINDS)[number]) => theme.parts[KINDS.indexOf(kind)] ?? theme.quiet;
  const [{ transactions = 0, webhooks = 0 } = {}] = states;
  const title = `Wrong end states of ${transactions} transactions after ${webhooks} webhooks in disorder`;
  let legend = 16;
  const keys = kinds.map((kind) => {
    const x = legend;
    legend += 34 + kind.length * 7;
    return [
      `<rect x='${x}' y='48' width='12' height='12' rx='2' fill='${colourOf(kind)}'/>`,
      `<text x='${x + 18}' y='58' fill='${theme.text}'>${kind}</text>`,
    ].join('');
  });
  const rows = states.map((state, index) => {
    const y = TOP + index * ROW;
    const isOurs = state.peer === 'redraw-tracker';
    let x = LEFT;
    const parts = kinds.map((kind) => {
      const width = (state.kinds[kind] / most) * BAR;
      const part = `<rect x='${round(x)}' y='${y}' width='${round(width)}' height='20' fill='${colourOf(kind)}'/>`;
      x += width;
      return width === 0 ? '' : part;
    });
    const colour = state.wrong === 0 ? theme.accent : theme.text;
    return [
      `<text x='${LEFT - 12}' y='${y + 15}' text-anchor='end' fill='${theme.text}'${isOurs ? " font-weight='600'" : ''}>${escaped(state.title)}</text>`,
      ...parts,
      `<text x='${round(x + 8)}' y='${y + 15}' fill='${colour}' font-weight='600'>${state.wrong}</text>`,
      `<text x='${WIDTH - 16}' y='${y + 15}' text-anchor='end' fill='${state.noticed > 0 ? theme.accent : theme.quiet}'>${state.noticed} of ${state.misinformed}</text>`,
    ].join('');
  });
  return `${[
    `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${WIDTH} ${height}' width='${WIDTH}' height='${height}' role='img' aria-label='${escaped(described(states))}' ${FONT} font-size='13'>`,
    `<rect width='${WIDTH}' height='${height}' fill='${theme.background}'/>`,
    `<text x='16' y='28' font-size='16' font-weight='600' fill='${theme.text}'>${title}</text>`,
    ...keys,
    `<text x='${WIDTH - 16}' y='${TOP - 24}' text-anchor='end' fill='${theme.quiet}'>wrong for want of a lost</text>`,
    `<text x='${WIDTH - 16}' y='${TOP - 8}' text-anchor='end' fill='${theme.quiet}'>webhook, but noticed</text>`,
    `<line x1='${LEFT}' x2='${LEFT}' y1='${TOP - 6}' y2='${height - 12}' stroke='${theme.line}'/>`,
    ...rows,
    '</svg>',
  ].join('\n')}\n`;
}

/** The same in words. */
function described(states: readonly WrongStates[]): string {
  return states
    .map(({ title, wrong, transactions }) => `${title}: ${wrong} of ${transactions} wrong`)
    .join('; ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
