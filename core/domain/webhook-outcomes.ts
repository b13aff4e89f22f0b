/** What a signed webhook can come to. */
export const WEBHOOK_OUTCOMES = [
  'applied',
  'merged',
  'superseded',
  'duplicate',
  'ignored',
  'quarantined',
] as const;

export type WebhookOutcome = (typeof WEBHOOK_OUTCOMES)[number];
