/** Types of the API's answers, taken from the API's own schemas. */
import type * as z from 'zod/mini';
import type { SummaryHistory } from '../../../core/api/history/answer.ts';
import type { matchReview, matchReviewList } from '../../../core/api/match-reviews/answer.ts';
import type { order } from '../../../core/api/orders/answer.ts';
import type { quarantineList, replayAnswer } from '../../../core/api/quarantine/answer.ts';
import type { reconciliation } from '../../../core/api/reconcile/answer.ts';
import type { searchAnswer } from '../../../core/api/search/answer.ts';
import type { summary } from '../../../core/api/summary/answer.ts';
import type { transaction, transactionList } from '../../../core/api/transactions/answer.ts';

export type Transaction = z.output<typeof transaction>;
export type TransactionList = z.output<typeof transactionList>;
export type SearchAnswer = z.output<typeof searchAnswer>;
export type TransactionOrder = Transaction['orders'][number];
export type Redraw = NonNullable<Transaction['redraw']>;
export type MissingResult = Redraw['missing_results'][number];
export type Outcome = Transaction['outcome'];
export type TransactionStatus = Transaction['status'];
export type Order = z.output<typeof order>;
export type Summary = z.output<typeof summary>;
export type MatchReview = z.output<typeof matchReview>;
export type MatchReviewList = z.output<typeof matchReviewList>;
export type QuarantineList = z.output<typeof quarantineList>;
export type Quarantined = QuarantineList['quarantined'][number];
export type Replay = z.output<typeof replayAnswer>;
export type Reconciliation = z.output<typeof reconciliation>;
export type { SummaryHistory };
