import type { SummaryHistory } from '../../history/answer.ts';

/** A history of 18 hours: one that can be asked for has more periods than anybody reads. */
export const historyExample: SummaryHistory = {
  from: '2026-03-09T18:00:00.000000Z',
  to: '2026-03-10T12:00:00.000000Z',
  period_seconds: 21_600,
  times: ['2026-03-09T18:00:00.000000Z', '2026-03-10T00:00:00.000000Z', '2026-03-10T06:00:00.000000Z'],
  webhooks: [
    { outcome: 'applied', counts: [412, 96, 238] },
    { outcome: 'merged', counts: [9, 1, 4] },
    { outcome: 'superseded', counts: [17, 3, 6] },
    { outcome: 'duplicate', counts: [31, 8, 12] },
    { outcome: 'ignored', counts: [5, null, 2] },
    { outcome: 'quarantined', counts: [null, null, 1] },
    { outcome: 'refused', counts: [null, null, null] },
    { outcome: 'failed', counts: [null, null, null] },
  ],
  redraws: { open: [14, 12, 13], stale: [3, 3, 2] },
  projection_lag_seconds: [0.412, 0.387, 0.398],
};
