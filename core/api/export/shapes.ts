import { isEmptied } from '../../domain/stored/stored-transaction.ts';
import { readEntry } from '../../store/handling/notes.ts';
import { isDiscarded, readMatchReviewItem } from '../../store/match-reviews/match-review-item.ts';
import { readOrderItem } from '../../store/orders/order-item.ts';
import type { Item, Table } from '../../store/table.ts';
import { readHeldItem } from '../../store/transactions/transaction-item.ts';
import { note } from '../handling/answer.ts';
import { showMatchReview } from '../match-reviews/representation.ts';
import { readShownOrder } from '../orders/representation.ts';
import { showTransaction } from '../transactions/representation.ts';

/** How the API shows a kind of items. */
export interface Shape {
  /** What a line calls it. */
  readonly kind: string;
  /** What the OpenAPI document calls the shape. */
  readonly component: string;
  /** Null for an item that the API shows nowhere. @throws if it is damaged */
  readonly show: (table: Table, item: Item) => unknown;
}

/** By the kind of item. */
export type Shapes = Readonly<Record<string, Shape>>;

/** Whoever exports sees everything that is stored. */
const anything = () => true;

export const CORE_SHAPES: Shapes = {
  ORDER: {
    kind: 'order',
    component: 'Order',
    show: (table, item) => readShownOrder(table, readOrderItem(item), anything),
  },
  TX: {
    kind: 'transaction',
    component: 'Transaction',
    show: (_, item) => {
      const held = readHeldItem(item);
      return isEmptied(held) ? null : showTransaction(held, anything);
    },
  },
  NOTE: {
    kind: 'note',
    component: 'Note',
    show: (_, item) => note.parse(readEntry(item)),
  },
  MATCH_REVIEW: {
    kind: 'match_review',
    component: 'MatchReview',
    show: (_, item) => (isDiscarded(item) ? null : showMatchReview(readMatchReviewItem(item))),
  },
};
