/** What can have caused a redraw: a missing marker, or how a sample failed. */
export const CAUSE_KINDS = ['marker', 'failure_type'] as const;
export type CauseKind = (typeof CAUSE_KINDS)[number];

/** By what the insights are grouped. */
export const INSIGHT_GROUPINGS = ['lab', 'test', ...CAUSE_KINDS, 'month'] as const;
export type InsightGrouping = (typeof INSIGHT_GROUPINGS)[number];
