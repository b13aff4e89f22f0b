/** The outcomes of a signed webhook. */
export const WEBHOOK_OUTCOMES = [
  'applied',
  'merged',
  'superseded',
  'duplicate',
  'ignored',
  'quarantined',
] as const;

export type WebhookOutcome = (typeof WEBHOOK_OUTCOMES)[number];
