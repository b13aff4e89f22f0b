import { wholeNumber } from './setting-formats.ts';

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

const days = {
  schema: wholeNumber(1, 3653).default(90),
  expected: 'a whole number of days, 1 to 3653',
};

/** How long things are kept. */
export const retentionKeys = {
  quarantineRetentionDays: days,
  quarantineRecoveryDays: {
    // The periods that DynamoDB accepts.
    schema: wholeNumber(1, 35).default(7),
    expected: 'a whole number of days, 1 to 35',
  },
  failureRetentionDays: days,
  logRetentionDays: {
    schema: wholeNumber(1, 3653)
      .refine((value) => logRetentions.includes(value))
      .default(90),
    expected: `a number of days that CloudWatch Logs supports: ${logRetentions.join(', ')}`,
  },
  auditRetentionYears: {
    schema: wholeNumber(1, 10)
      .refine((years) => Object.hasOwn(auditRetentions, years))
      // 45 CFR 164.316(b)(2)(i): six years for the documentation that HIPAA requires.
      .default(6),
    expected: `a number of years that CloudWatch Logs supports: ${Object.keys(auditRetentions).join(', ')}`,
  },
  eventArchiveDays: days,
};
