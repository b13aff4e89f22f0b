import { readEntry } from './handling/notes.ts';
import { readMatchReviewItem } from './match-reviews/match-review-item.ts';
import type { Item, Table } from './table.ts';
import { type ItemKey, kindOf } from './table-layout.ts';
import { readItems } from './transactions/index-pages.ts';

/** How to read an item, by its kind. */
export type ItemReaders = Readonly<Record<string, (item: Item) => unknown>>;

/** Of items that are neither orders nor transactions. The others are not in lists, or only counts. */
export const ITEM_READERS: ItemReaders = { MATCH_REVIEW: readMatchReviewItem, NOTE: readEntry };

const readerOf = (readers: ItemReaders, key: ItemKey) => readers[kindOf(key)];

/** Whether the item is of a kind whose items can be checked. The keys of repeated requests are no notes. */
export function isCheckable(readers: ItemReaders, key: ItemKey): boolean {
  return readerOf(readers, key) !== undefined && !key.sk.startsWith('KEY#');
}

/** The keys of the items, 100 at most, that cannot be read. */
export async function damagedAmong(
  table: Table,
  readers: ItemReaders,
  keys: readonly ItemKey[],
): Promise<ItemKey[]> {
  const items = await readItems(table, keys);
  return items.flatMap((item) => {
    const key = { pk: String(item.pk), sk: String(item.sk) };
    try {
      readerOf(readers, key)?.(item);
      return [];
    } catch {
      return [key];
    }
  });
}
