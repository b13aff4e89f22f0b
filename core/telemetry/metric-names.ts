/**
 * The names of our own metrics, by what is counted. The functions count under these names, the history reads them, and alarms and
 * dashboard show them.
 */

/** One per outcome of a webhook, and two for webhooks that got none. */
export const webhookMetrics = {
  applied: 'WebhookApplied',
  merged: 'WebhookMerged',
  superseded: 'WebhookSuperseded',
  duplicate: 'WebhookDuplicate',
  ignored: 'WebhookIgnored',
  quarantined: 'WebhookQuarantined',
  refused: 'WebhookRefused',
  failed: 'WebhookFailed',
} as const;

/** What Svix reports about deliveries. `endpointDisabled` is 1 when the endpoint is disabled, and 0 when it is enabled. */
export const deliveryMetrics = {
  exhausted: 'DeliveryExhausted',
  endpointDisabled: 'EndpointDisabled',
} as const;

/** Refused requests. The access log counts them, not a function. */
export const refusalMetrics = {
  clientErrors: 'ClientErrors',
  tooManyRequests: 'TooManyRequests',
  webhooksThrottled: 'WebhooksThrottled',
} as const;

/** One per outcome of a recompute, and one for records that fail. */
export const recomputeMetrics = {
  written: 'RecomputeWritten',
  unchanged: 'RecomputeUnchanged',
  outdated: 'RecomputeOutdated',
  failed: 'RecomputeFailed',
} as const;

/** Counted once per finished sweep. `behind` is 1 if the sweep lags behind Junction's changes, else 0. */
export const sweepMetrics = {
  finished: 'SweepFinished',
  due: 'SweepDue',
  flagged: 'SweepFlagged',
  healed: 'SweepReconciled',
  skipped: 'SweepSkipped',
  behind: 'SweepBehind',
} as const;

/** The number of redraws at the end of each sweep. */
export const redrawMetrics = { open: 'RedrawsOpen', stale: 'RedrawsStale' } as const;

/** Items that a function left out because they are damaged. Counted without the function, so that one alarm watches all. */
export const storeMetrics = { damaged: 'ItemDamaged' } as const;

/** `uncounted`: changes that could not be added to the counters and insights. */
export const publishMetrics = {
  published: 'EventsPublished',
  failed: 'PublishFailed',
  uncounted: 'ChangesUncounted',
} as const;

export const reviewMetrics = { sent: 'ReviewSent' } as const;

/** The outcomes of the daily emails to owners. `unknown`: may or may not have been sent. */
export const ownerMailMetrics = {
  finished: 'OwnerMailsFinished',
  sent: 'OwnerMailSent',
  failed: 'OwnerMailFailed',
  unknown: 'OwnerMailOutcomeUnknown',
} as const;

/** How many quarantined webhooks wait for a fix and a replay, at the end of each redrive. */
export const quarantineMetrics = { quarantined: 'QuarantineWaiting' } as const;

/** How many critical results nobody has acknowledged, and for how many of them it is too late, at the end of each redrive. */
export const criticalMetrics = {
  criticalOpen: 'CriticalResultsOpen',
  criticalOverdue: 'CriticalResultsOverdue',
} as const;

/** How many confirmed subscriptions the topics of alarms lack, at the end of each redrive. */
export const subscriberMetrics = { missing: 'SubscribersMissing' } as const;

/**
 * The outcomes of messages to patients in each run. `unknown`: may or may not have been sent. `waiting`: due but postponed,
 * because of the hour, the daily cap, Junction or the provider.
 */
export const messageMetrics = {
  finished: 'MessageRunFinished',
  planned: 'MessagePlanned',
  sent: 'MessageSent',
  held: 'MessageHeldBack',
  waiting: 'MessageWaiting',
  refused: 'MessageRefused',
  unknown: 'MessageOutcomeUnknown',
} as const;

/** What the providers reported about messages, one per report that said anything new, and reports that name no message. */
export const messageOutcomeMetrics = {
  sent: 'MessageAcceptedByCarrier',
  delivered: 'MessageDelivered',
  bounced: 'MessageBounced',
  opted_out: 'MessageOptedOut',
  failed: 'MessageFailed',
  unmatched: 'MessageReportUnmatched',
} as const;

/** Counted once per finished redrive, in failed batches: how many waited, were redriven, and are left. */
export const redriveMetrics = {
  finished: 'RedriveFinished',
  waiting: 'RedriveWaiting',
  redriven: 'RedriveRedriven',
  left: 'RedriveLeft',
} as const;
