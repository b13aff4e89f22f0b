import type { Clocks } from '../core/domain/transaction/next-revision.ts';

const HOUR = 3_600_000;

/** The default clocks, for tests that are not about them. */
export const CLOCKS: Clocks = {
  noOrder: HOUR,
  noRequisition: 24 * HOUR,
  noAppointment: 168 * HOUR,
  afterAppointment: 24 * HOUR,
  afterResultDate: 24 * HOUR,
  noResultDate: 336 * HOUR,
  labTimeZone: 'America/Los_Angeles',
  diverging: HOUR / 4,
  silent: 720 * HOUR,
};
