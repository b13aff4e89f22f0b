export type CsvRow = Readonly<Record<string, string | number | null>>;

/** Saves rows as a CSV file. Escapes cells that a spreadsheet would take for a formula. */
export async function saveCsv(name: string, rows: readonly CsvRow[]): Promise<void> {
  const { unparse } = await import('papaparse');
  const text = unparse([...rows], { escapeFormulae: true, newline: '\r\n' });
  // Excel needs the byte order mark to detect UTF-8.
  saveFile(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }), `${name}-${day(new Date())}.csv`);
}

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
