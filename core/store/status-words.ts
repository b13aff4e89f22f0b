/** Short forms of Junction's statuses, because nearly every stored event and transaction has them. */

/** The beginnings of Junction's statuses (`received.testkit.ordered`), as each event of an order has one. */
const SHORT_WORDS: Readonly<Record<string, string>> = {
  received: 'r',
  collecting_sample: 'c',
  sample_with_lab: 's',
  completed: 'd',
  cancelled: 'x',
  failed: 'f',
  testkit: 't',
  walk_in_test: 'w',
  at_home_phlebotomy: 'p',
  on_site_collection: 'o',
};
const LONG_WORDS = Object.fromEntries(Object.entries(SHORT_WORDS).map(([long, short]) => [short, long]));
const AS_IT_IS = '=';

/** A status with its first two words as letters: `r.t.ordered`. One that would be read as another stays as it is. */
export function shortStatus(status: string): string {
  const short = withWords(status, SHORT_WORDS);
  return longStatus(short) === status ? short : AS_IT_IS + status;
}

export function longStatus(short: string): string {
  return short.startsWith(AS_IT_IS) ? short.slice(AS_IT_IS.length) : withWords(short, LONG_WORDS);
}

function withWords(status: string, words: Readonly<Record<string, string>>): string {
  const [high = '', method, ...low] = status.split('.');
  if (method === undefined || low.length === 0) return status;
  const known = (word: string) => (Object.hasOwn(words, word) ? words[word] : word);
  return [known(high), known(method), ...low].join('.');
}

/** The first word of a status as a letter. */
export function shortWord(word: string): string {
  return SHORT_WORDS[word] ?? (Object.hasOwn(LONG_WORDS, word) ? AS_IT_IS + word : word);
}

export function longWord(short: string): string {
  if (short.startsWith(AS_IT_IS)) return short.slice(AS_IT_IS.length);
  return Object.hasOwn(LONG_WORDS, short) ? (LONG_WORDS[short] ?? short) : short;
}
