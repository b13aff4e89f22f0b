const expressions = new Map<string, RegExp>();

/** Whether a text matches a pattern with `*` for any characters, slashes included, and `?` for one character. */
export function matchesWildcard(pattern: string, text: string): boolean {
  return pattern === text || (/[*?]/.test(pattern) && expression(pattern).test(text));
}

function expression(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known) return known;
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  const made = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
  expressions.set(pattern, made);
  return made;
}
