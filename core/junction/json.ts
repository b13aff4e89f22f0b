/** Junction's answers are far shallower. Programs that go through a value by recursion would exceed their stack. */
const MAX_DEPTH = 64;

/** Parses JSON; undefined if it is not JSON, or is nested too deeply. */
export function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether lists and objects in a JSON text are nested more deeply than MAX_DEPTH. Reads the text once. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case BRACKET:
      case BRACE:
        depth += 1;
        if (depth > MAX_DEPTH) return true;
        break;
      case BRACKET_END:
      case BRACE_END:
        depth -= 1;
        break;
      default:
    }
  }
  return false;
}

const [QUOTE, BACKSLASH, BRACKET, BRACKET_END, BRACE, BRACE_END] = Buffer.from('"\\[]{}') as unknown as [
  number,
  number,
  number,
  number,
  number,
  number,
];

/** The place of the quote that ends the string that begins at a place; the end of the text if none does. */
function endOfString(text: string, begin: number): number {
  let at = text.indexOf('"', begin + 1);
  while (at !== -1 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at === -1 ? text.length : at;
}

function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}

export function isObject(json: unknown): json is object {
  return typeof json === 'object' && json !== null;
}
