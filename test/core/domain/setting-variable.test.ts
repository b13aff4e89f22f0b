import { expect, test } from 'vitest';
import { variableOf } from '../../../core/domain/setting-variable.ts';

test.each([
  ['redrawNoOrder', 'REDRAW_NO_ORDER'],
  ['ordering', 'ORDERING'],
  ['messageMarkersInSms', 'MESSAGE_MARKERS_IN_SMS'],
  ['patientMessages', 'PATIENT_MESSAGES'],
] as const)('%s is %s in the environment', (setting, variable) => {
  expect(variableOf(setting)).toBe(variable);
});
