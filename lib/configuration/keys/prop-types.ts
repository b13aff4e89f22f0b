/** A duration of ISO 8601 in weeks, days, hours, minutes and seconds (`P7D`, `PT1H30M`), at most ten years. */
export type IsoDuration = string;

/** A time zone by its IANA name (`America/New_York`). */
export type IanaTimeZone = string;

export type { OnOff } from '../../../core/environment/on-off.ts';

/** Whether the data outlives the stack. */
export const DATA_REMOVALS = ['retain', 'destroy'] as const;
export type DataRemoval = (typeof DATA_REMOVALS)[number];

/** Which kinds of items an action in a transaction is allowed on. */
export const TRANSACTION_GRANTS = ['union', 'each'] as const;
export type TransactionGrants = (typeof TRANSACTION_GRANTS)[number];

/** What stores since when the service watches: the first sweep with an API key, or only an import. */
export const WATCHING_FROM = ['first-sweep', 'import'] as const;

/** What happens to events about what happened before the service watched. */
export const HISTORICAL_EVENTS = ['marked', 'withheld'] as const;
