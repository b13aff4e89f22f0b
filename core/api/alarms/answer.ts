import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { at, time } from '../answer-fields.ts';

const text = z.string();

/** The states of an alarm: those that need somebody first. */
export const ALARM_STATES = ['alarm', 'insufficient_data', 'ok'] as const;

const alarm = z.object({
  id: text,
  name: text,
  meaning: text,
  state: z.enum(ALARM_STATES),
  since: time,
  reason: z.nullable(text),
  runbook: z.nullable(text),
});
DOCS: describe(alarm, {
  id: 'Alarm',
  description: 'An alarm of the deployment.',
  properties: {
    id: 'CloudWatch’s name of the alarm.',
    name: 'The title of its section in the runbook. Several alarms can share a section.',
    meaning: 'What it means for a person.',
    state: 'Its state. `insufficient_data`: CloudWatch cannot say.',
    since: 'When it came into the state.',
    reason: 'CloudWatch’s reason for the state: the values that it compared, with their times.',
    runbook:
      'The URL of its section in the runbook, or the path in the repository where no URL is configured.',
  },
});

export const alarmList = z.object({ alarms: z.array(alarm), read_at: at });
DOCS: describe(alarmList, {
  id: 'AlarmList',
  description: 'All alarms of the deployment.',
  properties: {
    alarms: 'The alarms. Those that need attention come first.',
    read_at: 'When they were read.',
  },
});

export type AlarmList = z.output<typeof alarmList>;
