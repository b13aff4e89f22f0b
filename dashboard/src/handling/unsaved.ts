/** What somebody typed and did not save. */
export type Unsaved =
  /** A note, a contact, an owner, or an acknowledgement. */
  | { readonly of: 'transaction'; readonly id: string }
  /** The dismissal of a quarantined webhook. */
  | { readonly of: 'webhook' };

/** Where the drafts lead, each place once. */
export function unsavedIn(drafts: readonly string[]): Unsaved[] {
  const places = new Map(drafts.flatMap((draft) => placeOf(draft) ?? []).map((one) => [keyOf(one), one]));
  return [...places.values()];
}

function placeOf(draft: string): Unsaved | null {
  const [, kind = '', subject = ''] = /^([a-z-]+):(.+)$/.exec(draft) ?? [];
  switch (kind) {
    case 'acknowledge':
    case 'note':
    case 'contact':
    case 'owner':
      return { of: 'transaction', id: subject };
    case 'dismissal':
      return { of: 'webhook' };
    default:
      return null;
  }
}

const keyOf = (one: Unsaved): string => JSON.stringify(one);
