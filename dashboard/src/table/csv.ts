import { oneLine } from '../../../core/domain/one-line.ts';

export type CsvRow = Readonly<Record<string, string | number | null>>;

/** What a spreadsheet takes for the beginning of a formula, also in its full width. */
const FORMULA = /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Saves rows as a CSV file. */
export async function saveCsv(name: string, rows: readonly CsvRow[]): Promise<void> {
  // Excel needs the byte order mark to detect UTF-8.
  const content = new Blob(['\uFEFF', await csvOf(rows)], { type: 'text/csv;charset=utf-8' });
  saveFile(content, `${name}-${day(new Date())}.csv`);
}

/** Rows as CSV. Each cell is one line: some programs end a cell at a line break, and what follows could be a formula. */
export async function csvOf(rows: readonly CsvRow[]): Promise<string> {
  const { unparse } = await import('papaparse');
  return unparse(rows.map(inLines), { escapeFormulae: FORMULA, newline: '\r\n' });
}

const inLines = (row: CsvRow): CsvRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [name, typeof cell === 'string' ? oneLine(cell) : cell]),
  );

function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read the URL after the click event.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
