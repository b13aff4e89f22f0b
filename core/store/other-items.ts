import { readMessageItem } from '../../capabilities/messages/store/message-item.ts';
import { readPatientItem } from '../../capabilities/messages/store/patients.ts';
import { readEntry } from './handling/notes.ts';
import { readMatchReviewItem } from './match-reviews/match-review-item.ts';
import type { Item, Table } from './table.ts';
import type { ItemKey } from './table-layout.ts';
import { readItems } from './transactions/index-pages.ts';

/** How to read an item that is neither an order nor a transaction, by its kind. The others are not in lists, or only counts. */
const READERS: Readonly<Record<string, (item: Item) => unknown>> = {
  MATCH_REVIEW: readMatchReviewItem,
  MESSAGE: readMessageItem,
  NOTE: readEntry,
  PATIENT: readPatientItem,
};

const readerOf = ({ pk }: ItemKey) => READERS[pk.slice(0, pk.indexOf('#'))];

/** Whether the item is of a kind whose items can be checked. The keys of repeated requests are no notes. */
export function isCheckable(key: ItemKey): boolean {
  return readerOf(key) !== undefined && !key.sk.startsWith('KEY#');
}

/** The keys of the items, 100 at most, that cannot be read. */
export async function damagedAmong(table: Table, keys: readonly ItemKey[]): Promise<ItemKey[]> {
  const items = await readItems(table, keys);
  return items.flatMap((item) => {
    const key = { pk: String(item.pk), sk: String(item.sk) };
    try {
      readerOf(key)?.(item);
      return [];
    } catch {
      return [key];
    }
  });
}
