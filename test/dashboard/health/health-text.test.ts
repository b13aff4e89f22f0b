import { expect, test } from 'vitest';
import { type Health, healthText } from '../../../dashboard/src/health/health-text.ts';

test.each<[Partial<Health>, string, string]>([
  [{}, 'success', 'Webhooks arrive; nothing needs you'],
  [{ alarms: 1, waiting: 1 }, 'error', 'Webhooks arrive; 2 things need you'],
  [{ waiting: 1 }, 'warning', 'Webhooks arrive; 1 thing needs you'],
  [{ waiting: 50, more: true }, 'warning', 'Webhooks arrive; 50+ things need you'],
  [{ arrival: 'silent' }, 'error', 'Webhooks have stopped arriving; nothing needs you'],
  [{ arrival: 'none' }, 'pending', 'No webhook has arrived yet; nothing needs you'],
  [{ alarms: null }, 'pending', 'Webhooks arrive; the alarms are not known'],
])('%o is %s: %s', (health, type, text) => {
  const fine: Health = { arrival: 'arriving', alarms: 0, waiting: 0, more: false };
  expect(healthText({ ...fine, ...health })).toEqual({ type, text });
});
