/** The ids by which a search finds a transaction. */
export const MATCHED_IDS = ['order_id', 'transaction_id', 'user_id', 'client_user_id'] as const;
export type MatchedBy = (typeof MATCHED_IDS)[number];

/** `whole`: an id equals the text. `start`: an id begins with it, and none equals it. */
export const MATCH_KINDS = ['whole', 'start'] as const;
export type MatchKind = (typeof MATCH_KINDS)[number];
