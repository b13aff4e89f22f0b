import type { Instant } from '../../../core/domain/instant.ts';
import type { AppointmentKind } from '../../../core/domain/order/appointment-kind.ts';

/**
 * The scope in which bookings are serialized. Which provider a slot at home belongs to is not always known, so those of one
 * patient at home wait for each other, whatever their provider, and so do those at service centers.
 */
export interface BookingPlace {
  readonly user_id: string;
  readonly kind: AppointmentKind;
}

/**
 * `pending`: Junction is being asked, or the outcome is not known. `held`: it was booked; the facts of the order say whether the
 * appointment still counts. `released`: nothing was booked.
 */
export type HoldState = 'pending' | 'held' | 'released';

/** The last booking of a patient. */
export interface BookingHold extends BookingPlace {
  readonly order_id: string;
  readonly state: HoldState;
  readonly since: Instant;
  /** Increases by one with every write. */
  readonly revision: number;
}
