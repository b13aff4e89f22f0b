import type { Order, Redraw } from '../../api/answers.ts';

/** How something came to be known here. */
export type LearnedFrom =
  /** A delivery of its own showed it as the newest. */
  | { readonly how: 'webhook' }
  /** No delivery of its own came: a later one brought it along. */
  | { readonly how: 'later_webhook' }
  /** Junction was asked. `unreported`: no delivery of its own came, before or after. */
  | { readonly how: 'api'; readonly unreported: boolean }
  /** No delivery of its own came, and what else told of it was not noted. */
  | { readonly how: 'unreported' }
  /** The payloads of these orders said it. */
  | { readonly how: 'sibling'; readonly from: readonly string[] }
  /** The order was registered when it was placed. */
  | { readonly how: 'registration' };

interface Placed {
  /** Stays the same from one refresh to the next. */
  readonly key: string;
  /** RFC 3339. */
  readonly at: string;
}

interface OfOrder extends Placed {
  readonly orderId: string;
}

export type Appointment = Order['appointments'][number] & { readonly start_at: string };

/** Something that happened to an order. */
export type OrderEntry =
  | (OfOrder & {
      readonly kind: 'event';
      /** As Junction says it, in parts or in one. */
      readonly status: string;
      readonly learned: LearnedFrom;
      /** When it became known here, where that is known. */
      readonly learnedAt: string | null;
    })
  | (OfOrder & { readonly kind: 'created' })
  | (OfOrder & { readonly kind: 'registered'; readonly learned: LearnedFrom })
  | (OfOrder & { readonly kind: 'critical_result'; readonly status: string; readonly learned: LearnedFrom })
  | (OfOrder & { readonly kind: 'appointment'; readonly appointment: Appointment });

/** Something about the redraw or the reader, whatever order it is of. */
export type Mark =
  | (Placed & { readonly kind: 'redraw_available' | 'stale' | 'now' })
  | (Placed & { readonly kind: 'due'; readonly stage: string | null })
  | (Placed & {
      readonly kind: 'acknowledged';
      readonly acknowledgement: NonNullable<Redraw['acknowledgement']>;
    });

export type Entry = OrderEntry | Mark;

export function isOfOrder(entry: Entry): entry is OrderEntry {
  return 'orderId' in entry;
}

/** The last part of `<high>.<modality>.<low>`, which says what happened. */
export function lowLevel(status: string): string {
  return status.split('.').at(-1) ?? status;
}
