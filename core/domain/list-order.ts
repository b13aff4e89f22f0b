/** The order of a list by its key. */
export const LIST_ORDERS = ['asc', 'desc'] as const;
export type ListOrder = (typeof LIST_ORDERS)[number];

/** The keys by which transactions are listed. `results_at`: those with results, by the time of the lab's newest report. */
export const TRANSACTION_SORT_KEYS = ['created_at', 'results_at'] as const;
export type TransactionSortKey = (typeof TRANSACTION_SORT_KEYS)[number];
