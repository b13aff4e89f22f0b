import * as z from 'zod/mini';

const text = z.string();

/** The states of an alarm: those that need somebody first. */
export const ALARM_STATES = ['alarm', 'insufficient_data', 'ok'] as const;

export const alarm = z.object({
  /** CloudWatch's name of the alarm. */
  id: text,
  /** The title of its section in the runbook. Several alarms can share a section. */
  name: text,
  /** What it means for a person. */
  meaning: text,
  state: z.enum(ALARM_STATES),
  /** When it came into the state. */
  since: z.nullable(text),
  /** CloudWatch's reason for the state: the values that it compared, with their times. */
  reason: z.nullable(text),
  /** The URL of its section in the runbook, or the path in the repository where no URL is configured. */
  runbook: z.nullable(text),
});

/** Alarms that need attention come first. */
export const alarmList = z.object({ alarms: z.array(alarm), read_at: text });

export type AlarmList = z.output<typeof alarmList>;
