import type { Milliseconds } from '../duration.ts';

/** A time limit that a deployment can set. */
interface Clock {
  /** Its value if nobody sets it: a duration of ISO 8601. */
  readonly initially: string;
  /** Whether it can be `off`. */
  readonly mayBeOff?: true;
  /** A sentence in Markdown for whoever sets it. Links begin in docs/. */
  readonly means: string;
}

/**
 * The clocks, by the name of their setting. Everything else about a clock follows from its entry: its environment variable, its prop
 * and context key, its place in `Clocks`, and its row in docs/deploy.md.
 */
export const CLOCK_TABLE = {
  redrawNoOrder: {
    initially: 'PT1H',
    means: 'Time limit from `redraw_available` until the redraw order exists.',
  },
  redrawNoRequisition: {
    initially: 'P1D',
    means: 'Time limit from the redraw order (or the end of its `activate_by`) until its requisition.',
  },
  redrawNoAppointment: {
    initially: 'P7D',
    means: 'Time limit from the requisition until an appointment or a sign of the draw.',
  },
  redrawAfterAppointment: {
    initially: 'P1D',
    means: 'Time limit from the start of the appointment until a sign of the draw.',
  },
  redrawAfterResultDate: {
    initially: 'P1D',
    means: 'Time limit from the end of `worst_case_result_by_date` until the result.',
  },
  redrawNoResultDate: {
    initially: 'P14D',
    means: 'Time limit from the draw until the result, where no such date is known.',
  },
  orderNoRequisition: {
    initially: 'P2D',
    mayBeOff: true,
    means:
      'Time limit from an order until its requisition, before it is flagged as [stalled](redraw-worklist.md#stalled-orders).',
  },
  orderNoAppointment: {
    initially: 'P30D',
    mayBeOff: true,
    means: "Time limit from an order's requisition until an appointment or a sign of the draw.",
  },
  orderAfterAppointment: {
    initially: 'P3D',
    mayBeOff: true,
    means: "Time limit from the start of an order's appointment until a sign of the draw.",
  },
  orderAfterResultDate: {
    initially: 'P7D',
    mayBeOff: true,
    means: "Time limit from the end of an order's `worst_case_result_by_date` until the result.",
  },
  orderNoResultDate: {
    initially: 'P30D',
    mayBeOff: true,
    means: "Time limit from an order's draw until the result, where no such date is known.",
  },
  checkDiverging: {
    initially: 'PT15M',
    means: "How long a status may differ from Junction's before the sweep checks with Junction.",
  },
  checkSilent: {
    initially: 'P30D',
    means: 'How long an active transaction may go without a change before the sweep checks with Junction.',
  },
} as const satisfies Readonly<Record<string, Clock>>;

export type ClockName = keyof typeof CLOCK_TABLE;

/**
 * The clocks whose setting begins with a word, by the rest of the name: `redrawNoOrder` is `noOrder` of the clocks of `redraw`.
 * A clock that is null is off: nothing is ever due by it.
 */
export type ClocksOf<Word extends 'redraw' | 'order' | 'check'> = {
  readonly [Name in ClockName as Name extends `${Word}${infer Rest}`
    ? Uncapitalize<Rest>
    : never]: (typeof CLOCK_TABLE)[Name] extends { readonly mayBeOff: true }
    ? Milliseconds | null
    : Milliseconds;
};

/** Takes those clocks from the values of all settings. */
export function clocksFor<Word extends 'redraw' | 'order' | 'check'>(
  word: Word,
  values: Readonly<Record<ClockName, Milliseconds | null>>,
): ClocksOf<Word> {
  const own = Object.entries(values).filter(
    ([name]) => name.startsWith(word) && Object.hasOwn(CLOCK_TABLE, name),
  );
  const rest = (name: string) => name.charAt(word.length).toLowerCase() + name.slice(word.length + 1);
  return Object.fromEntries(own.map(([name, value]) => [rest(name), value])) as ClocksOf<Word>;
}
