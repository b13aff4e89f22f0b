import type { IanaTimeZone, IsoDuration, OnOff, WeekDay } from './setting-types.ts';

/** The clocks of the worklist, its sweeps and its reviews. docs/redraw-worklist.md describes them. */
export interface RedrawSettings {
  /**
   * How long a critical result may wait for an acknowledgement before an alarm.
   *
   * @default 'PT1H'
   */
  readonly criticalNoAcknowledgement?: IsoDuration | undefined;
  /**
   * From redraw available until its order exists.
   *
   * @default 'PT1H'
   */
  readonly redrawNoOrder?: IsoDuration | undefined;
  /**
   * From the redraw order until its requisition.
   *
   * @default 'P1D'
   */
  readonly redrawNoRequisition?: IsoDuration | undefined;
  /**
   * From the requisition until an appointment or a sign of the draw.
   *
   * @default 'P7D'
   */
  readonly redrawNoAppointment?: IsoDuration | undefined;
  /**
   * From the start of the appointment until a sign of the draw.
   *
   * @default 'P1D'
   */
  readonly redrawAfterAppointment?: IsoDuration | undefined;
  /**
   * From the end of `worst_case_result_by_date` until the result.
   *
   * @default 'P1D'
   */
  readonly redrawAfterResultDate?: IsoDuration | undefined;
  /**
   * From the draw until the result, where no such date is known.
   *
   * @default 'P14D'
   */
  readonly redrawNoResultDate?: IsoDuration | undefined;
  /**
   * From an order until its requisition, before it is flagged as stalled.
   *
   * @default 'P2D'
   */
  readonly orderNoRequisition?: IsoDuration | 'off' | undefined;
  /**
   * From an order's requisition until an appointment or a sign of the draw.
   *
   * @default 'P30D'
   */
  readonly orderNoAppointment?: IsoDuration | 'off' | undefined;
  /**
   * From the start of an order's appointment until a sign of the draw.
   *
   * @default 'P3D'
   */
  readonly orderAfterAppointment?: IsoDuration | 'off' | undefined;
  /**
   * From the end of an order's `worst_case_result_by_date` until the result.
   *
   * @default 'P7D'
   */
  readonly orderAfterResultDate?: IsoDuration | 'off' | undefined;
  /**
   * From an order's draw until the result, where no such date is known.
   *
   * @default 'P30D'
   */
  readonly orderNoResultDate?: IsoDuration | 'off' | undefined;
  /**
   * The time zone in which Junction's dates end: that of the westernmost lab.
   *
   * @default 'America/Los_Angeles'
   */
  readonly labTimeZone?: IanaTimeZone | undefined;
  /**
   * How long a status may differ from Junction's before the sweep asks.
   *
   * @default 'PT15M'
   */
  readonly checkDiverging?: IsoDuration | undefined;
  /**
   * How long an active transaction may be silent before the sweep asks.
   *
   * @default 'P30D'
   */
  readonly checkSilent?: IsoDuration | undefined;
  /**
   * How often the sweep asks which orders Junction has changed.
   *
   * @default 'PT1H'
   */
  readonly checkUpdates?: IsoDuration | undefined;
  /**
   * How often the sweep asks about the redraws that wait for a draw.
   *
   * @default 'P1D'
   */
  readonly checkDraws?: IsoDuration | undefined;
  /**
   * From one sweep to the next: whole minutes, PT1M to P1D.
   *
   * @default 'PT15M'
   */
  readonly sweepEvery?: IsoDuration | undefined;
  /**
   * Whether to reserve one execution, so that no two sweeps overlap. A new account cannot reserve any.
   *
   * @default 'off'
   */
  readonly sweepOneAtATime?: OnOff | undefined;
  /**
   * The day of the weekly review of open redraws, `'MON'` to `'SUN'`.
   *
   * @default 'MON'
   */
  readonly weeklyReviewDay?: WeekDay | undefined;
  /**
   * The hour of reviews, 0 to 23.
   *
   * @default 9
   */
  readonly reviewHour?: number | undefined;
  /**
   * The time zone of that hour.
   *
   * @default 'UTC'
   */
  readonly reviewTimeZone?: IanaTimeZone | undefined;
  /**
   * Whether to send a review of overdue redraws every day at that hour too.
   *
   * @default 'off'
   */
  readonly dailyStaleReview?: OnOff | undefined;
  /**
   * The e-mail address, verified in Amazon SES, that sends each owner a daily email at that hour with the transactions they own.
   * Needs the user pool and the dashboard.
   *
   * @default - no mails to owners
   */
  readonly ownerMailSender?: string | undefined;
}
