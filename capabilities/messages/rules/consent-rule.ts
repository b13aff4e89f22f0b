/** `assumed`: the deployment states that its patients have consented. `recorded`: only those whose consent was recorded here get messages. */
export const CONSENT_RULES = ['assumed', 'recorded'] as const;
export type ConsentRule = (typeof CONSENT_RULES)[number];
