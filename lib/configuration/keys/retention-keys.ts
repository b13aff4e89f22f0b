import { wholeNumber } from '../../setting/setting-formats.ts';

/** The retention periods that CloudWatch Logs accepts, in days. */
const logRetentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** The periods of whole years that CloudWatch Logs accepts, in days. */
export const auditRetentions: Readonly<Record<number, number>> = {
  1: 365,
  2: 731,
  3: 1096,
  5: 1827,
  6: 2192,
  7: 2557,
  8: 2922,
  9: 3288,
  10: 3653,
};

/** How long things are kept. */
export const retentionKeys = {
  logRetentionDays: {
    schema: wholeNumber(1, 3653)
      .refine((value) => logRetentions.includes(value))
      .default(90),
    expected: `a number of days that CloudWatch Logs supports: ${logRetentions.join(', ')}`,
    type: 'number',
    means:
      'How long logs are kept, except those that `auditRetentionYears` covers: a number of days that CloudWatch Logs supports.',
  },
  auditRetentionYears: {
    schema: wholeNumber(1, 10)
      .refine((years) => Object.hasOwn(auditRetentions, years))
      // 45 CFR 164.316(b)(2)(i): six years for the documentation that HIPAA requires.
      .default(6),
    expected: `a number of years that CloudWatch Logs supports: ${Object.keys(auditRetentions).join(', ')}`,
    type: 'number',
    means:
      "How long the [audit trail](operations/audit.md) and the API's access log, which complements it, are kept: 1, 2, 3, or 5 to 10 years.",
  },
};
