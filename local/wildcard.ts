/** Whether a text matches a pattern with `*` for any characters, slashes included, and `?` for one character. */
export function matchesWildcard(pattern: string, text: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}
