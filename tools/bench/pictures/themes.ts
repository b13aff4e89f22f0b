/** The colours of a picture. Contrast with the background is at least 4.5 for text. */
export interface Theme {
  readonly name: 'light' | 'dark';
  readonly background: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  /** The color of our own bar. */
  readonly accent: string;
  /** For parts of a bar, in this order. They differ in lightness too. */
  readonly parts: readonly string[];
}

export const THEMES: readonly Theme[] = [
  {
    name: 'light',
    background: '#ffffff',
    text: '#1f2328',
    quiet: '#59636e',
    line: '#d1d9e0',
    accent: '#0a7d55',
    parts: ['#5b1a8b', '#b3261e', '#e5832a', '#3467b0', '#7fb3d5', '#9aa3ad'],
  },
  {
    name: 'dark',
    background: '#0d1117',
    text: '#f0f6fc',
    quiet: '#9198a1',
    line: '#3d444d',
    accent: '#4ac997',
    parts: ['#c297ff', '#ff7b72', '#f2b25c', '#6ea8fe', '#a9d5f5', '#8b949e'],
  },
];

export const FONT = "font-family='system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif'";

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&#39;');
}
