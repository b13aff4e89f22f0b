import { SECOND } from '../time.ts';
import { isCancellable } from '../world/lifecycle.ts';
import { newestEvent } from '../world/order.ts';
import type { Agenda } from './agenda.ts';
import { type Appointments, activeOf } from './booking/appointments.ts';
import type { LiveOrder, LiveStories } from './live-stories.ts';
import { Refusal } from './refusal.ts';
import { type SimulationFlags, step, stepsTo } from './simulation.ts';

interface Dependencies {
  live: LiveStories;
  agenda: Agenda;
  appointments: Appointments;
}

/** Changes of single orders by the API. */
export class OrderChanges {
  readonly #world: Dependencies;
  /** The setting of an order, where it was changed. */
  readonly #smsByOrder = new Map<string, boolean>();
  /** Whether Junction writes to the patients of the team. */
  teamHasSms = true;

  constructor(world: Dependencies) {
    this.#world = world;
  }

  /** Cancels the order now, and an appointment at home with it; one at a patient service center stays. */
  cancel(orderId: string): 'cancelled' | 'unknown' | { refusedIn: string } {
    const live = this.#world.live.find(orderId);
    if (!live) return 'unknown';
    const { story, order } = live;
    const { low } = newestEvent(order);
    if (!isCancellable(order.modality, low)) return { refusedIn: low };
    story.move(order, 'cancelled');
    const appointment = order.modality === 'at_home_phlebotomy' ? activeOf(live) : null;
    if (appointment) this.#world.appointments.cancelWith(live, appointment, 'Order cancelled');
    return 'cancelled';
  }

  /**
   * Moves the order through the states to `final`, `completed` by default, with `delay` seconds between two of them.
   * @throws {Refusal}
   */
  simulate(orderId: string, final: string | null, delay: number, flags: SimulationFlags): void {
    const live = this.#required(orderId);
    const steps = stepsTo(live.order, final ?? 'completed');
    if (delay === 0) {
      for (const low of steps) step(live, low, flags);
      return;
    }
    const begun = live.story.now;
    steps.forEach((low, index) => {
      this.#world.agenda.add(begun + (index + 1) * delay * SECOND, (at) => {
        live.story.continueAt(at);
        step(live, low, flags);
      });
    });
  }

  /** The draw of an on-site order. @throws {Refusal} */
  completeDraw(orderId: string): void {
    const { story, order } = this.#required(orderId);
    const { low } = newestEvent(order);
    if (order.modality !== 'on_site_collection' || !low.startsWith('requisition')) {
      throw new Refusal(`Transition from ${low} to draw_completed is not allowed`);
    }
    step({ story, order }, 'draw_completed', {
      interpretation: 'normal',
      resultTypes: null,
      hasMissingResults: false,
    });
  }

  hasSms(orderId: string): boolean {
    return this.#smsByOrder.get(orderId) ?? this.teamHasSms;
  }

  setSms(orderId: string, enabled: boolean): void {
    this.#smsByOrder.set(orderId, enabled);
  }

  #required(orderId: string): LiveOrder {
    const live = this.#world.live.find(orderId);
    if (!live) throw new Refusal('Order not found', 404);
    return live;
  }
}
