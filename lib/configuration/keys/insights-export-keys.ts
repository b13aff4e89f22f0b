import { onOffSetting } from './setting-formats.ts';
/** The export of what the insights count. */
export const insightsExportKeys = {
  insightsExport: {
    ...onOffSetting('off', 'on (figures of closed transactions go to S3 as Parquet) or off'),
    means:
      'Whether the [insight figures](insights-export.md) of closed transactions are exported to S3 as Parquet.',
  },
};
