import { expect, test } from 'vitest';
import type { Alarm } from '../../../../dashboard/src/api/answers.ts';
import { alarmGroups, verdictOf } from '../../../../dashboard/src/health/alarm-groups.ts';

const alarm = (state: Alarm['state']) =>
  ({ id: state, name: '', meaning: '', state, since: null, reason: null, runbook: null }) satisfies Alarm;

test.each([
  [['ok', 'alarm', 'insufficient_data'], 'error', '1 alarm is on'],
  [['ok', 'insufficient_data'], 'pending', 'No alarm is on. 1 without enough data'],
  [[], 'pending', 'No alarms found'],
  [['ok', 'ok'], 'success', 'No alarm is on'],
] as const)('alarms that are %j are an all-clear only if all are OK', (states, type, text) => {
  expect(verdictOf(states.map(alarm))).toEqual({ type, text });
});

test('the alarms are counted by state', () => {
  const groups = alarmGroups([alarm('ok'), alarm('insufficient_data'), alarm('ok')]);
  expect(groups.map(({ text, alarms }) => [text, alarms.length])).toEqual([
    ['On (0)', 0],
    ['Not enough data (1)', 1],
    ['OK (2)', 2],
  ]);
});
