import { isOfKind } from '../../../core/store/table-layout.ts';
import { readHeldItem } from '../../../core/store/transactions/transaction-item.ts';
import { markedEvents } from '../../../core/use-cases/publish-change.ts';
import type { Change } from '../memory-table/memory-table.ts';
import type { Publication } from '../oracle/publications/publication.ts';

/**
 * What a change of a transaction puts on the bus. Mails and notifications follow from it.
 *
 * @param since since when the service watches
 */
export function publicationsOf({ before, after }: Change, since: string | null = null): Publication[] {
  const held = after && isOfKind('TX', after.sk) ? readHeldItem(after) : null;
  if (!held) return [];
  const events = markedEvents(before && readHeldItem(before), held, { cause: null, since });
  return events.map(({ type, detail, historical }) => ({ type, detail: { ...detail, historical } }));
}
