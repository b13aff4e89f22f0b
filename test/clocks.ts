import type { Clocks } from '../core/domain/clocks/clocks.ts';

const HOUR = 3_600_000;

/** No order that is not a redraw is ever overdue. */
export const ORDERS_OFF: Clocks['orders'] = {
  noRequisition: null,
  noAppointment: null,
  afterAppointment: null,
  afterResultDate: null,
  noResultDate: null,
};

/** The default clocks, for tests that are not about them. */
export const CLOCKS: Clocks = {
  noOrder: HOUR,
  noRequisition: 24 * HOUR,
  noAppointment: 168 * HOUR,
  afterAppointment: 24 * HOUR,
  afterResultDate: 24 * HOUR,
  noResultDate: 336 * HOUR,
  orders: {
    noRequisition: 48 * HOUR,
    noAppointment: 720 * HOUR,
    afterAppointment: 72 * HOUR,
    afterResultDate: 168 * HOUR,
    noResultDate: 720 * HOUR,
  },
  labTimeZone: 'America/Los_Angeles',
  diverging: HOUR / 4,
  silent: 720 * HOUR,
};
