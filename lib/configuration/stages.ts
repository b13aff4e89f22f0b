import type { RedrawTrackerSettings } from './settings.ts';

/** Where a stage is deployed, and how it differs from the defaults. */
export interface StageSettings extends Omit<RedrawTrackerSettings, 'stage'> {
  /** The only account that the stage can be deployed to, 12 digits; by default that of the credentials. */
  readonly account?: string;
  /** For example us-east-1; by default that of the profile. */
  readonly region?: string;
}

/**
 * The stages of this app, and how each differs from the defaults. `-c redraw-tracker:stage=<name>` chooses one. Keys in
 * "context" of cdk.json and `-c` have precedence.
 */
export const stages: Readonly<Record<string, StageSettings>> = {
  dev: {
    removalPolicy: 'destroy',
    logRetentionDays: 14,
    auditRetentionYears: 1,
    // No webhooks arrive at night in dev, so silence is normal.
    webhookSilenceHours: 0,
  },
  staging: {
    logRetentionDays: 30,
  },
  prod: {},
};
