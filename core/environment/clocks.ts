import type { Clocks } from '../domain/clocks/clocks.ts';
import { parseDuration } from '../domain/duration.ts';
import { changed, type FieldsRead, nonEmpty, text } from '../reading/readers.ts';
import type { Reader } from '../reading/reading.ts';

/** An ISO 8601 duration in a variable, read as milliseconds. */
export const duration = changed(text, parseDuration, 'not an ISO 8601 duration like PT1H or P7D');

/** The same, or `off`, read as null. */
const durationOrOff: Reader<number | null> = (given, reading) =>
  given === 'off' ? null : duration(given, reading);

/** The environment variables of the clocks: ISO 8601 durations, and the time zone of the labs. */
export const clockVariables = {
  REDRAW_NO_ORDER: duration,
  REDRAW_NO_REQUISITION: duration,
  REDRAW_NO_APPOINTMENT: duration,
  REDRAW_AFTER_APPOINTMENT: duration,
  REDRAW_AFTER_RESULT_DATE: duration,
  REDRAW_NO_RESULT_DATE: duration,
  ORDER_NO_REQUISITION: durationOrOff,
  ORDER_NO_APPOINTMENT: durationOrOff,
  ORDER_AFTER_APPOINTMENT: durationOrOff,
  ORDER_AFTER_RESULT_DATE: durationOrOff,
  ORDER_NO_RESULT_DATE: durationOrOff,
  CHECK_DIVERGING: duration,
  CHECK_SILENT: duration,
  // An IANA name. It is validated at synthesis, because loading the zones takes about 20 ms and few invocations need them.
  LAB_TIME_ZONE: nonEmpty,
};

/** The clocks from the environment. */
export function clocksOf(env: FieldsRead<typeof clockVariables>): Clocks {
  return {
    noOrder: env.REDRAW_NO_ORDER,
    noRequisition: env.REDRAW_NO_REQUISITION,
    noAppointment: env.REDRAW_NO_APPOINTMENT,
    afterAppointment: env.REDRAW_AFTER_APPOINTMENT,
    afterResultDate: env.REDRAW_AFTER_RESULT_DATE,
    noResultDate: env.REDRAW_NO_RESULT_DATE,
    orders: {
      noRequisition: env.ORDER_NO_REQUISITION,
      noAppointment: env.ORDER_NO_APPOINTMENT,
      afterAppointment: env.ORDER_AFTER_APPOINTMENT,
      afterResultDate: env.ORDER_AFTER_RESULT_DATE,
      noResultDate: env.ORDER_NO_RESULT_DATE,
    },
    diverging: env.CHECK_DIVERGING,
    silent: env.CHECK_SILENT,
    labTimeZone: env.LAB_TIME_ZONE,
  };
}
