import type { ClientFacingAppointmentCancellationReason, UsAddress } from '@junction-api/sdk/serialization';
import { DAY, HOUR, type Instant } from '../../time.ts';
import { type Appointment, canReschedule, isActive } from '../../world/appointment.ts';
import { isOver } from '../../world/lifecycle.ts';
import { isRequested, newestEvent } from '../../world/order.ts';
import { isMinor } from '../../world/patient.ts';
import type { Agenda } from '../agenda.ts';
import type { LiveOrder, LiveStories } from '../live-stories.ts';
import { Refusal } from '../refusal.ts';
import { phlebotomyProvider } from './places.ts';
import { gone, readBookingKey, type Slot } from './slots.ts';

export type AppointmentKind = Appointment['type'];

interface Booking {
  bookingKey: string;
  notes: string | null;
}

export const CANCELLATION_REASONS: readonly ClientFacingAppointmentCancellationReason.Raw[] = [
  { id: '7dfd7da5-ed6e-40bb-a7e4-c8003f0c10a9', name: 'Patient is not available', is_refundable: true },
  { id: '0d7a3a3a-1c36-4c8e-9d0a-53b8f4a5d1c2', name: 'Order is not needed any more', is_refundable: true },
];

interface Dependencies {
  live: LiveStories;
  agenda: Agenda;
  now: () => Instant;
  /** The providers of the active appointments of a user. */
  activeProviders: (userId: string) => string[];
}

/**
 * Booking and changing appointments at home and at patient service centers, by Junction's rules. Sonora Quest confirms a booking
 * an hour later, all others at once.
 */
export class Appointments {
  readonly #world: Dependencies;
  readonly #taken = new Map<string, string>();

  constructor(world: Dependencies) {
    this.#world = world;
  }

  /** @throws {Refusal} */
  book(orderId: string, kind: AppointmentKind, { bookingKey, notes }: Booking): void {
    const live = this.#bookable(orderId, kind);
    const slot = this.#free(readBookingKey(bookingKey, this.#world.now()), kind);
    this.#checkProvider(live, slot.provider);
    const { story, order } = live;
    const appointment = story.requestAppointment(order, slot.provider, { notes });
    this.#taken.set(keyOf(slot), appointment.id);
    story.move(order, 'appointment_pending');
    if (slot.provider !== 'sonora_quest') confirmAt(live, appointment, slot.start);
    else
      this.#world.agenda.add(story.now + HOUR, (at) => this.#confirmLater(live, appointment, slot.start, at));
  }

  /** Asks a provider for a visit. A phlebotomist sets the time a day later. @throws {Refusal} */
  request(
    orderId: string,
    { address, provider, notes }: { address: UsAddress.Raw; provider: string; notes: string | null },
  ): void {
    const live = this.#bookable(orderId, 'phlebotomy');
    if (provider !== 'phlebfinders') throw new Refusal(`${provider} does not support appointment requests`);
    if (phlebotomyProvider(address.zip_code) !== provider)
      throw new Refusal('The address is not served by the provider');
    this.#checkProvider(live, provider);
    const { story, order } = live;
    const appointment = story.requestAppointment(order, provider, { address, notes });
    story.move(order, 'appointment_pending');
    const startAt = Math.floor((story.now + 3 * DAY) / HOUR) * HOUR;
    this.#world.agenda.add(story.now + DAY, (at) => this.#confirmLater(live, appointment, startAt, at));
  }

  /** Somebody else books a slot. Nothing happens if there is no such slot. */
  take(bookingKey: string): void {
    try {
      this.#taken.set(keyOf(readBookingKey(bookingKey, this.#world.now())), 'somebody else');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  /** @throws {Refusal} */
  reschedule(orderId: string, kind: AppointmentKind, { bookingKey, notes }: Booking): void {
    const { live, appointment } = this.#active(orderId, kind);
    if (!canReschedule(appointment)) throw new Refusal('The appointment cannot be rescheduled');
    const slot = this.#free(readBookingKey(bookingKey, this.#world.now()), kind);
    if (slot.provider !== appointment.provider) throw new Refusal('The slot is of another provider');
    this.#release(appointment);
    this.#taken.set(keyOf(slot), appointment.id);
    const change = { startAt: slot.start, ...(notes === null ? {} : { notes }) };
    live.story.changeAppointment(live.order, appointment, change);
    live.story.move(live.order, 'appointment_scheduled');
  }

  /** @throws {Refusal} */
  cancel(orderId: string, kind: AppointmentKind, reasonId: string): void {
    const { live, appointment } = this.#active(orderId, kind);
    const reason = CANCELLATION_REASONS.find(({ id }) => id === reasonId);
    if (!reason) throw new Refusal('Cancellation reason not found', 404);
    if (appointment.provider === 'sonora_quest')
      throw new Refusal('The appointment must be cancelled with the lab');
    this.cancelWith(live, appointment, reason.name);
    live.story.move(live.order, 'appointment_cancelled');
  }

  /** Cancels the appointment alone. */
  cancelWith({ story, order }: LiveOrder, appointment: Appointment, cancellationReason: string): void {
    this.#release(appointment);
    const status = { status: 'cancelled', eventStatus: 'cancelled' } as const;
    story.changeAppointment(order, appointment, { ...status, cancellationReason });
  }

  #bookable(orderId: string, kind: AppointmentKind): LiveOrder {
    const live = this.#order(orderId, kind);
    const { low } = newestEvent(live.order);
    if (!isRequested(live.order)) throw new Refusal('The order does not have a requisition');
    if (isOver(low) || ['draw_completed', 'partial_results'].includes(low)) {
      throw new Refusal(`An order in ${low} cannot be booked`);
    }
    if (kind === 'patient_service_center' && live.order.labTest.lab?.slug !== 'quest') {
      throw new Refusal("The order's laboratory does not support scheduling");
    }
    if (activeOf(live)) throw new Refusal('The order has an active appointment');
    return live;
  }

  #active(orderId: string, kind: AppointmentKind): { live: LiveOrder; appointment: Appointment } {
    const live = this.#order(orderId, kind);
    const appointment = activeOf(live);
    if (!appointment) throw new Refusal('The order does not have an active appointment', 404);
    return { live, appointment };
  }

  #order(orderId: string, kind: AppointmentKind): LiveOrder {
    const live = this.#world.live.find(orderId);
    if (!live) throw new Refusal('Order not found', 404);
    const wanted = kind === 'phlebotomy' ? 'at_home_phlebotomy' : 'walk_in_test';
    if (live.order.modality !== wanted) throw new Refusal(`The order is not of the type ${wanted}`);
    return live;
  }

  #checkProvider({ order, story }: LiveOrder, provider: string): void {
    if (isMinor(story.patient.details, story.now)) {
      throw new Refusal('Phlebotomy is not supported for patients under 18');
    }
    if (order.modality !== 'at_home_phlebotomy') return;
    if (this.#world.activeProviders(order.userId).includes(provider)) {
      throw new Refusal('The patient has an active appointment with this provider');
    }
  }

  #free(slot: Slot, kind: AppointmentKind): Slot {
    if ((slot.provider === 'getlabs') !== (kind === 'phlebotomy'))
      throw new Refusal('Invalid booking key format');
    if (this.#taken.has(keyOf(slot))) throw gone();
    return slot;
  }

  #release(appointment: Appointment): void {
    for (const [key, id] of this.#taken) if (id === appointment.id) this.#taken.delete(key);
  }

  #confirmLater(live: LiveOrder, appointment: Appointment, startAt: Instant, at: Instant): void {
    if (!isActive(appointment) || isOver(newestEvent(live.order).low)) return;
    live.story.continueAt(at);
    confirmAt(live, appointment, startAt);
  }
}

function confirmAt({ story, order }: LiveOrder, appointment: Appointment, startAt: Instant): void {
  story.changeAppointment(order, appointment, { status: 'confirmed', eventStatus: 'scheduled', startAt });
  story.move(order, 'appointment_scheduled');
}

export function activeOf({ story, order }: LiveOrder): Appointment | null {
  return story.appointments.findLast((one) => one.orderId === order.id && isActive(one)) ?? null;
}

function keyOf({ provider, site, start }: Slot): string {
  return `${provider}/${site}/${start}`;
}
