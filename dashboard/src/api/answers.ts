/** Types of the API's answers, taken from the API's own schemas. */
import type * as z from 'zod/mini';
import type * as answers from '../../../core/api/answers.ts';
import type { SummaryHistory } from '../../../core/api/history/answer.ts';

type Answer<Name extends keyof typeof answers> = z.output<(typeof answers)[Name]>;

export type Transaction = Answer<'transaction'>;
export type TransactionList = Answer<'transactionList'>;
export type SearchAnswer = Answer<'searchAnswer'>;
export type TransactionOrder = Transaction['orders'][number];
export type Redraw = NonNullable<Transaction['redraw']>;
export type MissingResult = Redraw['missing_results'][number];
export type Outcome = Transaction['outcome'];
export type TransactionStatus = Transaction['status'];
export type Order = Answer<'order'>;
export type Summary = Answer<'summary'>;
export type QuarantineList = Answer<'quarantineList'>;
export type Quarantined = QuarantineList['quarantined'][number];
export type Replay = Answer<'replayAnswer'>;
export type Reconciliation = Answer<'reconciliation'>;
export type { SummaryHistory };
