/**
 * Replaces the text between the marks `<!-- <kind>:<name> -->` and `<!-- /<kind> -->` of a document.
 *
 * @throws if a mark names a part that does not exist, or a part has no mark
 */
export function withParts(
  [file, document]: readonly [file: string, document: string],
  kind: string,
  parts: Readonly<Record<string, string>>,
): string {
  const used = new Set<string>();
  const marked = new RegExp(`<!-- ${kind}:(\\w+) -->.*?<!-- /${kind} -->`, 'gs');
  const written = document.replaceAll(marked, (_, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`${file} has a marker for the unknown part ${name}.`);
    used.add(name);
    return `<!-- ${kind}:${name} -->\n${part}\n<!-- /${kind} -->`;
  });
  const missing = Object.keys(parts).filter((name) => !used.has(name));
  if (missing.length > 0) throw new Error(`${file} has no marker for ${missing.join(', ')}.`);
  return written;
}

/** A table in Markdown. */
export function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return ['', row(head), row(head.map(() => '---')), ...body.map(row), ''].join('\n');
}
