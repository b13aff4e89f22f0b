/** Types of the API's answers, taken from the API's own schemas. */
import type * as z from 'zod/mini';
import type {
  messageSettings,
  patientMessage,
  patientMessageList,
} from '../../../capabilities/messages/api/answer.ts';
import type {
  cancelledOrder,
  changedAppointment,
  freeSlots,
  portalLink,
  reasons,
} from '../../../capabilities/ordering/api/answer.ts';
import type { AlarmList } from '../../../core/api/alarms/answer.ts';
import type { criticalResult, criticalResultList } from '../../../core/api/critical-results/answer.ts';
import type { note, noteList } from '../../../core/api/handling/answer.ts';
import type { SummaryHistory } from '../../../core/api/history/answer.ts';
import type { Insights } from '../../../core/api/insights/answer.ts';
import type { junctionNotices } from '../../../core/api/junction-notices/answer.ts';
import type { matchReview, matchReviewList } from '../../../core/api/match-reviews/answer.ts';
import type { order } from '../../../core/api/orders/answer.ts';
import type { personList } from '../../../core/api/people/answer.ts';
import type { quarantineList, replayAnswer, replayResults } from '../../../core/api/quarantine/answer.ts';
import type { discarded, reconciliation } from '../../../core/api/reconcile/answer.ts';
import type { patient } from '../../../core/api/results/answer.ts';
import type { searchAnswer } from '../../../core/api/search/answer.ts';
import type { stalledOrder, stalledOrderList } from '../../../core/api/stalled-orders/answer.ts';
import type { summary } from '../../../core/api/summary/answer.ts';
import type { transaction, transactionList } from '../../../core/api/transactions/answer.ts';

export type PatientName = z.output<typeof patient>;
export type Discarded = z.output<typeof discarded>;
export type Transaction = z.output<typeof transaction>;
export type TransactionList = z.output<typeof transactionList>;
export type SearchAnswer = z.output<typeof searchAnswer>;
export type TransactionOrder = Transaction['orders'][number];
export type Redraw = NonNullable<Transaction['redraw']>;
export type NextStep = NonNullable<Transaction['next_step']>;
export type JunctionCheck = Transaction['junction_checks'][number];
export type MissingResult = Redraw['missing_results'][number];
export type Told = NonNullable<Transaction['told']>;
export type Contact = NonNullable<Transaction['contact']>;
export type Note = z.output<typeof note>;
export type NoteList = z.output<typeof noteList>;
export type PersonList = z.output<typeof personList>;
export type PatientMessage = z.output<typeof patientMessage>;
export type PatientMessageList = z.output<typeof patientMessageList>;
export type MessageSettings = z.output<typeof messageSettings>;
export type Outcome = Transaction['outcome'];
export type TransactionStatus = Transaction['status'];
export type Order = z.output<typeof order>;
export type Appointment = Order['appointments'][number];
export type Summary = z.output<typeof summary>;
export type JunctionNotices = z.output<typeof junctionNotices>;
export type CriticalResult = z.output<typeof criticalResult>;
export type CriticalResultList = z.output<typeof criticalResultList>;
export type StalledOrder = z.output<typeof stalledOrder>;
export type StalledOrderList = z.output<typeof stalledOrderList>;
export type MatchReview = z.output<typeof matchReview>;
export type MatchReviewList = z.output<typeof matchReviewList>;
export type QuarantineList = z.output<typeof quarantineList>;
export type Quarantined = QuarantineList['quarantined'][number];
export type Dismissal = NonNullable<Quarantined['dismissal']>;
export type Replay = z.output<typeof replayAnswer>;
export type ReplayResults = z.output<typeof replayResults>;
export type Reconciliation = z.output<typeof reconciliation>;
export type AvailableSlots = z.output<typeof freeSlots>;
export type ChangedAppointment = z.output<typeof changedAppointment>;
export type CancelledOrder = z.output<typeof cancelledOrder>;
export type CancellationReasons = z.output<typeof reasons>;
export type PortalLink = z.output<typeof portalLink>;
export type Alarm = AlarmList['alarms'][number];
export type { AlarmList, Insights, SummaryHistory };
