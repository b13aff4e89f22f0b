import { transactionEvents } from '../../../core/domain/events/transaction-events.ts';
import { isOfKind } from '../../../core/store/table-layout.ts';
import { readHeldItem } from '../../../core/store/transactions/transaction-item.ts';
import type { Change } from '../memory-table/memory-table.ts';
import type { Publication } from '../oracle/publications/publication.ts';

/** What a change of a transaction puts on the bus. Mails and notifications follow from it. */
export function publicationsOf({ before, after }: Change): Publication[] {
  const held = after && isOfKind('TX', after.sk) ? readHeldItem(after) : null;
  return held ? transactionEvents(before && readHeldItem(before), held) : [];
}
