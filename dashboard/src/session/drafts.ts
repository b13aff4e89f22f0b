/** Texts that people have not sent yet. Like their tokens, they live as long as the tab, and only their author gets them back. */

const PREFIX = 'draft:';

interface Author {
  readonly subject: string;
}

const placeOf = ({ subject }: Author, key: string) => `${PREFIX}${subject}:${key}`;

/** Empty if there is none. */
export function draftOf(author: Author, key: string): string {
  return sessionStorage.getItem(placeOf(author, key)) ?? '';
}

/** An empty text removes the draft. */
export function keepDraft(author: Author, key: string, text: string): void {
  if (text === '') sessionStorage.removeItem(placeOf(author, key));
  else sessionStorage.setItem(placeOf(author, key), text);
}

/** The keys of the author's drafts. */
export function draftKeys(author: Author): string[] {
  const place = placeOf(author, '');
  return Object.keys(sessionStorage).flatMap((key) => (key.startsWith(place) ? key.slice(place.length) : []));
}

export function forgetDrafts(): void {
  for (const place of Object.keys(sessionStorage)) {
    if (place.startsWith(PREFIX)) sessionStorage.removeItem(place);
  }
}
