/**
 * The result of writing reported facts. `applied`: newer facts. `merged`: older facts with something new. `superseded`: older facts with
 * nothing new. `duplicate`: known facts.
 */
const WRITE_OUTCOMES = ['applied', 'merged', 'superseded', 'duplicate'] as const;
export type WriteOutcome = (typeof WRITE_OUTCOMES)[number];

/** The outcomes of a signed webhook. */
export const WEBHOOK_OUTCOMES = [...WRITE_OUTCOMES, 'ignored', 'quarantined'] as const;
export type WebhookOutcome = (typeof WEBHOOK_OUTCOMES)[number];

/** What webhooks are counted by: their outcome, or `refused` or `failed` for webhooks without one. */
export const WEBHOOK_COUNTS = [...WEBHOOK_OUTCOMES, 'refused', 'failed'] as const;
export type WebhookCount = (typeof WEBHOOK_COUNTS)[number];
