import { onOff, wholeNumber } from './setting-formats.ts';

/** The export of what the insights count. */
export const insightsExportKeys = {
  insightsExport: {
    schema: onOff.default('off'),
    expected: 'on (figures of closed transactions go to S3 as Parquet) or off',
  },
  insightsExportDays: {
    schema: wholeNumber(1, 3653).default(1096),
    expected: 'a whole number of days, 1 to 3653',
  },
};
