export type CsvRow = Readonly<Record<string, string | number | null>>;

/** Lets the reader save the rows as a file. Safe against spreadsheets that take a cell for a formula. */
export async function saveCsv(name: string, rows: readonly CsvRow[]): Promise<void> {
  const { unparse } = await import('papaparse');
  const text = unparse([...rows], { escapeFormulae: true, newline: '\r\n' });
  // The mark tells Excel that it is UTF-8.
  saveFile(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }), `${name}-${day(new Date())}.csv`);
}

function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read the address only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
