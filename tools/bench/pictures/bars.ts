import { escaped, FONT, type Theme } from './themes.ts';

/** A picture of stacked bars, a row for each peer. */
export interface Bars {
  readonly title: string;
  /** The parts of a bar, with their colours. */
  readonly parts: readonly { readonly name: string; readonly colour: string }[];
  readonly rows: readonly Row[];
  /** The heading of the last column, in two lines. */
  readonly noteHeading: readonly [string, string];
  /** The text alternative of the picture. */
  readonly description: string;
}

export interface Row {
  readonly title: string;
  readonly isOurs: boolean;
  /** The length of each part. */
  readonly values: readonly number[];
  /** Behind the bar. */
  readonly label: string;
  readonly isLabelGood: boolean;
  /** In the last column. */
  readonly note: string;
  readonly isNoteGood: boolean;
}

const WIDTH = 960;
const LEFT = 340;
const BAR = 400;
const ROW = 34;
const TOP = 96;

export function barsPicture({ title, parts, rows, noteHeading, description }: Bars, theme: Theme): string {
  const height = TOP + rows.length * ROW + 4;
  const most = Math.max(1, ...rows.map(({ values }) => sum(values)));
  return `${[
    `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${WIDTH} ${height}' width='${WIDTH}' height='${height}' role='img' aria-label='${escaped(description)}' ${FONT} font-size='13'>`,
    `<rect width='${WIDTH}' height='${height}' fill='${theme.background}'/>`,
    `<text x='16' y='28' font-size='16' font-weight='600' fill='${theme.text}'>${escaped(title)}</text>`,
    ...legend(parts, theme),
    ...noteHeading.map((line, index) => atRight(line, TOP - 24 + index * 16, theme.quiet)),
    `<line x1='${LEFT}' x2='${LEFT}' y1='${TOP - 6}' y2='${height - 12}' stroke='${theme.line}'/>`,
    ...rows.map((row, index) => rowAt(row, TOP + index * ROW, { parts, most, theme })),
    '</svg>',
  ].join('\n')}\n`;
}

function legend(parts: Bars['parts'], theme: Theme): string[] {
  let next = 16;
  return parts.map(({ name, colour }) => {
    const x = next;
    next += 34 + name.length * 7;
    return [
      `<rect x='${x}' y='48' width='12' height='12' rx='2' fill='${colour}'/>`,
      `<text x='${x + 18}' y='58' fill='${theme.text}'>${escaped(name)}</text>`,
    ].join('');
  });
}

function rowAt(
  { title, isOurs, values, label, isLabelGood, note, isNoteGood }: Row,
  y: number,
  { parts, most, theme }: { parts: Bars['parts']; most: number; theme: Theme },
): string {
  let x = LEFT;
  const bar = parts.map(({ colour }, index) => {
    const width = ((values[index] ?? 0) / most) * BAR;
    const part = `<rect x='${rounded(x)}' y='${y}' width='${rounded(width)}' height='20' fill='${colour}'/>`;
    x += width;
    return width === 0 ? '' : part;
  });
  const weight = isOurs ? " font-weight='600'" : '';
  return [
    `<text x='${LEFT - 12}' y='${y + 15}' text-anchor='end' fill='${theme.text}'${weight}>${escaped(title)}</text>`,
    ...bar,
    `<text x='${rounded(x + 8)}' y='${y + 15}' fill='${isLabelGood ? theme.accent : theme.text}' font-weight='600'>${escaped(label)}</text>`,
    atRight(note, y + 15, isNoteGood ? theme.accent : theme.quiet),
  ].join('');
}

function atRight(text: string, y: number, colour: string): string {
  return `<text x='${WIDTH - 16}' y='${y}' text-anchor='end' fill='${colour}'>${escaped(text)}</text>`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
