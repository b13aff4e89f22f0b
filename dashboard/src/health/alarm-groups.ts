import type { Alarm } from '../api/answers.ts';

export interface AlarmGroup {
  readonly id: Alarm['state'];
  /** With the number of its alarms. */
  readonly text: string;
  readonly alarms: readonly Alarm[];
}

const STATES = [
  { id: 'alarm', text: 'On' },
  { id: 'insufficient_data', text: 'Not enough data' },
  { id: 'ok', text: 'OK' },
] as const;

/** The alarms by their state: those that need somebody first. */
export function alarmGroups(alarms: readonly Alarm[]): AlarmGroup[] {
  return STATES.map(({ id, text }) => {
    const those = alarms.filter(({ state }) => state === id);
    return { id, text: `${text} (${those.length.toLocaleString('en')})`, alarms: those };
  });
}

export interface Verdict {
  readonly type: 'error' | 'pending' | 'success';
  readonly text: string;
}

/** The overall verdict. It is an all-clear only if every alarm is known to be OK. */
export function verdictOf(alarms: readonly Alarm[]): Verdict {
  const count = (state: Alarm['state']) => alarms.filter((alarm) => alarm.state === state).length;
  const [on, unknown] = [count('alarm'), count('insufficient_data')];
  if (on > 0)
    return { type: 'error', text: on === 1 ? '1 alarm is on' : `${on.toLocaleString('en')} alarms are on` };
  if (alarms.length === 0) return { type: 'pending', text: 'No alarms found' };
  if (unknown > 0)
    return { type: 'pending', text: `No alarm is on. ${unknown.toLocaleString('en')} without enough data` };
  return { type: 'success', text: 'No alarm is on' };
}
