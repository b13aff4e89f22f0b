import { lifecycleStage } from '../../core/domain/order/status.ts';
import {
  ORDER_CLASSES,
  type OrderClass,
  type Shown,
  STATUS_TABLE,
} from '../../core/domain/order/status-table.ts';
import { table } from './marked-parts.ts';

const CLASSES: Readonly<Record<OrderClass, string>> = {
  P: 'in progress or unknown',
  C: 'completed',
  R: 'redraw available',
  X: 'cancelled',
  F: 'failed',
};

const SHOWS: Readonly<Record<Shown, string>> = {
  requisition: 'requisition',
  kit: 'test kit',
  appointment_request: 'requested appointment',
  appointment: 'appointment',
  appointment_cancellation: 'cancelled appointment',
  draw: 'draw',
  partial_results: 'draw and results',
};

export function statusTable(): string {
  return table(
    ['Stage', 'Low-level status', 'High-level status', 'Class', 'Shows', 'Kit shipped'],
    STATUS_TABLE.map(({ low, high, class: of, shows, shipped }) => [
      String(lifecycleStage(low)),
      `\`${low}\``,
      `\`${high}\``,
      of,
      shows ? SHOWS[shows] : '',
      shipped ? 'yes' : '',
    ]),
  );
}

/** The classes, with the statuses of each. Those in progress are the rest. */
export function classList(): string {
  const statusesOf = (of: OrderClass) =>
    STATUS_TABLE.flatMap((row) => (row.class === of ? [`\`${row.low}\``] : [])).join(', ');
  return ORDER_CLASSES.map(
    (of) => `**${of}** ${CLASSES[of]}${of === 'P' ? '' : ` (${statusesOf(of)})`}`,
  ).join('; ');
}
