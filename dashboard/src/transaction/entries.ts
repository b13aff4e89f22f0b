import type { Appointment, JunctionCheck, Note, PatientMessage, Redraw } from '../api/answers.ts';

/** How we learned of an entry. */
export type LearnedFrom =
  /** A webhook had it as its newest event. */
  | { readonly how: 'webhook' }
  /** A later webhook included it; its own never arrived. */
  | { readonly how: 'later_webhook' }
  /** Junction's API. `unreported`: its own webhook never arrived. */
  | { readonly how: 'api'; readonly unreported: boolean }
  /** Its own webhook never arrived, and the source was not recorded. */
  | { readonly how: 'unreported' }
  /** It was reported in the payloads of these orders. */
  | { readonly how: 'sibling'; readonly from: readonly string[] }
  /** Your system registered the order when it placed it. */
  | { readonly how: 'registration' };

interface Placed {
  /** Stable across refreshes. */
  readonly key: string;
  /** RFC 3339. */
  readonly at: string;
}

interface OfOrder extends Placed {
  readonly orderId: string;
}

/** An entry of one order. */
export type OrderEntry =
  | (OfOrder & {
      readonly kind: 'event';
      /** Junction's status, complete or low-level only. */
      readonly status: string;
      /** Why it happened, for example why a sample failed. */
      readonly detail: string | null;
      readonly learned: LearnedFrom;
      /** When we learned of it, if recorded. */
      readonly learnedAt: string | null;
    })
  | (OfOrder & { readonly kind: 'created' })
  | (OfOrder & { readonly kind: 'registered'; readonly learned: LearnedFrom })
  | (OfOrder & { readonly kind: 'match_review'; readonly learned: LearnedFrom })
  | (OfOrder & { readonly kind: 'critical_result'; readonly status: string; readonly learned: LearnedFrom })
  | (OfOrder & { readonly kind: 'appointment'; readonly appointment: Appointment });

/** An entry about the redraw, a message to the patient, or "now". */
export type Mark =
  | (Placed & {
      readonly kind: 'message' | 'planned_message';
      readonly message: PatientMessage;
      /** Those with the same text and outcome. */
      readonly channels: readonly PatientMessage['channel'][];
    })
  | (Placed & { readonly kind: 'noted'; readonly note: Note; readonly withdrawn: boolean })
  | (Placed & { readonly kind: 'checked'; readonly check: JunctionCheck })
  | (Placed & { readonly kind: 'redraw_available' | 'stale' | 'now' })
  | (Placed & { readonly kind: 'due'; readonly stage: string | null })
  | (Placed & {
      readonly kind: 'acknowledged';
      readonly acknowledgement: NonNullable<Redraw['acknowledgement']>;
      /** It records a decision on a redraw that had ended. */
      readonly decided: boolean;
    })
  | (Placed & {
      readonly kind: 'released';
      readonly withdrawal: NonNullable<Redraw['withdrawal']>;
      /** It withdrew a decision. */
      readonly decided: boolean;
    });

export type Entry = OrderEntry | Mark;

export function isOfOrder(entry: Entry): entry is OrderEntry {
  return 'orderId' in entry;
}

/** The low-level part of `<high>.<modality>.<low>`. */
export function lowLevel(status: string): string {
  return status.split('.').at(-1) ?? status;
}
