/** What somebody typed and did not save. */
export type Unsaved =
  /** A note, a contact, an owner, a follow-up or an acknowledgement of one redraw. */
  | { readonly of: 'transaction'; readonly id: string }
  /** The acknowledgement of a stalled order. */
  | { readonly of: 'order'; readonly id: string }
  /** The acknowledgement of several redraws at once. */
  | { readonly of: 'redraws'; readonly ids: readonly string[] }
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
    case 'acknowledge': {
      const ids = subject.split(',');
      return ids.length > 1 ? { of: 'redraws', ids } : { of: 'transaction', id: subject };
    }
    case 'note':
    case 'contact':
    case 'owner':
    case 'follow-up':
      return { of: 'transaction', id: subject };
    case 'order':
      return { of: 'order', id: subject };
    case 'dismissal':
      return { of: 'webhook' };
    default:
      return null;
  }
}

const keyOf = (one: Unsaved): string => JSON.stringify(one);
