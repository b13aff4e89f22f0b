import type { StageSettings } from './settings.ts';

/**
 * The stages of this app, and how each differs from the defaults. `-c redraw-tracker:stage=<name>` chooses one. Keys in
 * "context" of cdk.json and `-c` have precedence.
 */
export const stages: Readonly<Record<string, StageSettings>> = {
  dev: {
    removalPolicy: 'destroy',
    logRetentionDays: 14,
    auditRetentionYears: 1,
    eventArchiveDays: 14,
    // Nothing arrives at night.
    webhookSilenceHours: 0,
  },
  staging: {
    logRetentionDays: 30,
  },
  prod: {},
};
