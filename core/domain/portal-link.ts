/** The ids that a link can name. */
export interface LinkIds {
  readonly client_user_id: string | null;
  readonly user_id: string | null;
  readonly order_id: string | null;
  readonly transaction_id: string;
}

const LINK_FIELDS: readonly string[] = ['client_user_id', 'user_id', 'order_id', 'transaction_id'];
const FIELD = /\{([^{}]*)\}/g;

/** What is wrong with the setting of the link, as the end of a sentence; null if nothing is. */
export function linkFault(pattern: string): string | null {
  const unknown = [...pattern.matchAll(FIELD)]
    .map(([, name = '']) => name)
    .find((name) => !LINK_FIELDS.includes(name));
  if (unknown !== undefined) return `must not have {${unknown}}; it knows {${LINK_FIELDS.join('}, {')}}`;
  const example = pattern.replaceAll(FIELD, 'id');
  if (/[{}\s]/.test(example)) return 'must not have single braces or spaces';
  if (!URL.canParse(example) || new URL(example).protocol !== 'https:') return 'must be an https URL';
  return null;
}

/** The link for one redraw; null if it names an id that is missing. */
export function portalLink(pattern: string, ids: LinkIds): string | null {
  const values: Readonly<Record<string, string | null>> = { ...ids };
  const names = [...pattern.matchAll(FIELD)].map(([, name = '']) => name);
  if (names.some((name) => !values[name])) return null;
  return pattern.replaceAll(FIELD, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}
