/** The rows of the lists on the page, each with a link to what it is about, or a button that opens it. Lists mark themselves with `data-opens-rows`. */

const LINK = 'button[data-opens], a[href^="/transactions/"]';
const ROW = '[data-opens-rows] tbody tr, [data-opens-rows] ol > li';
const CONTROL = 'a, button, input, label, select, textarea, summary, [role="button"]';

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(ROW)].filter((row) => linkIn(row) !== null);
}

function linkIn(row: Element): HTMLElement | null {
  return row.querySelector<HTMLElement>(LINK);
}

/** The row that has the focus, or that is marked because it had it last. */
function focusedRow(): HTMLElement | null {
  const focused = document.activeElement?.closest<HTMLElement>(ROW);
  return focused ?? document.querySelector('[data-marked]')?.closest<HTMLElement>(ROW) ?? null;
}

/** Moves the focus to the link of the next row, or of the previous one: from no row, to the first. */
export function focusRow(step: 1 | -1): void {
  const all = rows();
  const focused = focusedRow();
  const at = focused ? all.indexOf(focused) + step : 0;
  const row = all[Math.min(Math.max(at, 0), all.length - 1)];
  if (!row) return;
  linkIn(row)?.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

export function openRow(): void {
  const row = focusedRow();
  if (row) linkIn(row)?.click();
}

/** A double click selects a word (ms). */
const DOUBLE_CLICK_MS = 250;
let opening: ReturnType<typeof setTimeout> | undefined;

/** Opens the row that was clicked, unless the click was for a control in it or ended a selection of text. */
export function openClickedRow(event: MouseEvent): void {
  const { target, button, defaultPrevented } = event;
  clearTimeout(opening);
  if (defaultPrevented || button !== 0 || event.detail > 1 || !(target instanceof Element)) return;
  const row = target.closest(ROW);
  const control = target.closest(CONTROL);
  if (!row || row.closest('[data-marks-rows]')) return;
  if ((control && row.contains(control)) || isSelecting()) return;
  const link = linkIn(row);
  if (!link) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey)
    open(link.getAttribute('href') ?? '', '_blank', 'noopener');
  else opening = setTimeout(() => row.isConnected && !isSelecting() && link.click(), DOUBLE_CLICK_MS);
}

function isSelecting(): boolean {
  return getSelection()?.type === 'Range';
}
