import * as z from 'zod/mini';
import { isPostponed } from '../../domain/handling/postponed.ts';
import { patientReach } from '../../domain/handling/reach.ts';
import type { Instant } from '../../domain/instant.ts';
import { REACHES, type Reach } from '../../domain/message/told.ts';
import { OUTCOMES, type Outcome, STATUS_OF_OUTCOME } from '../../domain/transaction/outcome.ts';
import type { StoredTransaction } from '../../domain/transaction/stored-transaction.ts';
import { classOf } from '../../domain/transaction/transaction-orders.ts';
import { TRANSACTION_STATUSES, type TransactionStatus } from '../../domain/transaction/truth-table.ts';
import { flag, visibleLine } from '../../http/request-fields.ts';

/** Outcomes, separated by commas or given by repeating the parameter. Read without duplicates, in the order of OUTCOMES. */
export const outcomes = z.pipe(
  z
    .string()
    .check(
      z.refine<string>(
        (text) => text.split(',').every((one) => OUTCOMES.some((outcome) => outcome === one)),
        `it must be one or more of ${OUTCOMES.join(', ')}, separated by commas`,
      ),
    ),
  z.transform((text) => OUTCOMES.filter((outcome) => text.split(',').includes(outcome))),
);

/** `any`: any redraw. `available`: one that Junction made available for an order, whether or not it has ended. */
const REDRAWS = ['any', 'available'] as const;
/** `reported`: the lab has reported results, partial or final. */
const RESULTS = ['reported'] as const;

/** The query parameters of a filter. */
export const filterFields = {
  status: z.optional(z.enum(TRANSACTION_STATUSES)),
  outcome: z.optional(outcomes),
  redraw: z.optional(z.enum(REDRAWS)),
  results: z.optional(z.enum(RESULTS)),
  reach: z.optional(z.enum(REACHES)),
  assignee: z.optional(visibleLine(128)),
  assigned: z.optional(flag),
};

/** `due`: without those that wait for a later follow-up. `later`: only those. */
const FOLLOW_UPS = ['due', 'later', 'any'] as const;

/** The query parameters of a list of what needs action. */
export const followUpFields = { follow_up: z.optional(z.enum(FOLLOW_UPS)) };

/** Narrows a list of transactions. Without any field it matches all of them. */
export interface Filter {
  readonly status?: TransactionStatus | undefined;
  readonly outcome?: readonly Outcome[] | undefined;
  readonly redraw?: (typeof REDRAWS)[number] | undefined;
  readonly results?: (typeof RESULTS)[number] | undefined;
  /** Whether the patient was told about the redraw. */
  readonly reach?: Reach | undefined;
  /** The name of the owner, in any case. */
  readonly assignee?: string | undefined;
  /** Whether it has an owner. */
  readonly assigned?: 'true' | 'false' | undefined;
  readonly follow_up?: (typeof FOLLOW_UPS)[number] | undefined;
}

/** The statuses of the transactions that can match; none if the filter contradicts itself. */
export function statusesOf({ status, outcome }: Filter): readonly TransactionStatus[] {
  const implied = outcome?.map((one) => STATUS_OF_OUTCOME[one]);
  return TRANSACTION_STATUSES.filter(
    (one) => (status === undefined || one === status) && (!implied || implied.includes(one)),
  );
}

export function matches(
  { status, outcome, redraw, results, reach, ...handling }: Filter,
  transaction: StoredTransaction,
  now: Instant,
): boolean {
  if (status !== undefined && transaction.status !== status) return false;
  if (outcome && !outcome.includes(transaction.outcome)) return false;
  if (results !== undefined && !hasResults(transaction)) return false;
  if (reach !== undefined && patientReach(transaction) !== reach) return false;
  if (!isHandledSo(handling, transaction, now)) return false;
  if (redraw === undefined) return true;
  return transaction.redraw !== null && (redraw === 'any' || wasAvailable(transaction));
}

function isHandledSo(
  { assignee, assigned, follow_up = 'any' }: Pick<Filter, 'assignee' | 'assigned' | 'follow_up'>,
  transaction: StoredTransaction,
  now: Instant,
): boolean {
  const owner = transaction.assignment?.assignee ?? null;
  if (assignee !== undefined && owner?.toLowerCase() !== assignee.toLowerCase()) return false;
  if (assigned !== undefined && assigned !== String(owner !== null)) return false;
  return follow_up === 'any' || (follow_up === 'later') === isPostponed(transaction, now);
}

/** Some of these outcomes have results although no order says so, for example if the initial order is unknown. */
const WITH_RESULTS: ReadonlySet<Outcome> = new Set([
  'results_complete',
  'results_incomplete',
  'redraw_expected',
  'redraw_in_progress',
]);

function hasResults({ outcome, orders }: StoredTransaction): boolean {
  return WITH_RESULTS.has(outcome) || orders.some(({ results_reported_at: at }) => at !== null);
}

function wasAvailable({ orders }: StoredTransaction): boolean {
  return orders.some((order) => order.redraw_available_at !== null || classOf(order) === 'R');
}

/** The filter as text, the same for equal filters; empty for the filter that matches all. */
export function nameOf({ outcome, follow_up, ...others }: Filter): string {
  const { status, redraw, results, reach, assignee, assigned } = others;
  const listed = outcome?.join(',');
  const postponed = follow_up === 'any' ? undefined : follow_up;
  const parts = { status, outcome: listed, redraw, results, reach, assignee, assigned, follow_up: postponed };
  return Object.entries(parts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
