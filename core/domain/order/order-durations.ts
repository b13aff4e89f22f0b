import { earliest, type Instant } from '../instant.ts';
import { distinctEvents, type OrderEvent } from './order-event.ts';
import { isUnconfirmed, progressOf } from './order-progress.ts';
import { EMPTY_SNAPSHOT, type OrderRecord } from './order-record.ts';
import { orderClass, shownBy, statusParts } from './status.ts';
import type { Shown } from './status-table.ts';

/** A span of time in whole hours. */
export type Hours = number;

const HOUR = 3_600_000;

/**
 * How long each stage of a finished order took. Null where a fact that begins or ends the stage has no time. Walk-in orders
 * have no event for the draw, so most of them have no time for it.
 */
export interface OrderDurations {
  /** From the order to its first requisition. */
  readonly requisition: Hours | null;
  /** From the requisition to the first booking; without a booking, to the first sign of the draw. */
  readonly appointment: Hours | null;
  /** From the booking to the first sign of the draw. */
  readonly draw: Hours | null;
  /** From the first sign of the draw to the lab's answer. */
  readonly result: Hours | null;
  /** From the order to the lab's answer: its first final result, or a redraw. */
  readonly answer: Hours | null;
}

/** The whole hours between two facts; 0 if they are in the wrong order. Null if one has no time. */
export function hoursBetween(from: Instant | null, to: Instant | null): Hours | null {
  if (from === null || to === null) return null;
  return Math.max(0, Math.floor((millisecondsOf(to) - millisecondsOf(from)) / HOUR));
}

/** An instant has microseconds, which a date does not read. */
const millisecondsOf = (instant: Instant) => Date.parse(`${instant.slice(0, 23)}Z`);

/** The durations that an order's record shows once it is over. First times count, so a correction changes nothing. */
export function durationsOf(record: OrderRecord): OrderDurations {
  const { created_at } = record.snapshot ?? EMPTY_SNAPSHOT;
  const events = distinctEvents(record.events);
  const requisition = firstOf(events, 'requisition');
  const booking =
    firstOf(events, 'appointment') ??
    earliest(
      record.appointments.map((appointment) => (isUnconfirmed(appointment) ? null : appointment.updated_at)),
    );
  const { drawn_at } = progressOf(record);
  const answer = earliest(events.map((event) => (isAnswer(event) ? event.created_at : null)));
  return {
    requisition: hoursBetween(created_at, requisition),
    appointment: hoursBetween(requisition, booking ?? drawn_at),
    draw: hoursBetween(booking, drawn_at),
    result: hoursBetween(drawn_at, answer),
    answer: hoursBetween(created_at, answer),
  };
}

function firstOf(events: readonly OrderEvent[], shown: Shown): Instant | null {
  return earliest(
    events.map(({ status, created_at }) => (shownBy(statusParts(status).low) === shown ? created_at : null)),
  );
}

function isAnswer({ status }: OrderEvent): boolean {
  const { low, high } = statusParts(status);
  const of = orderClass(low, high);
  return of === 'C' || of === 'R';
}
