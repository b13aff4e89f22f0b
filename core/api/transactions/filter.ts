import * as z from 'zod/mini';
import { describe, describeEach } from '../../domain/describe.ts';
import type { Instant } from '../../domain/instant.ts';
import { OUTCOMES, type Outcome, STATUS_OF_OUTCOME } from '../../domain/members/outcome.ts';
import { classOf, type TransactionOrder } from '../../domain/members/transaction-orders.ts';
import { TRANSACTION_STATUSES, type TransactionStatus } from '../../domain/members/truth-table.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { hasResults } from '../../domain/transaction/reported-results.ts';
import type { Reach } from '../../domain/transaction/told.ts';
import { isPostponed } from '../../domain/worklist/postponed.ts';
import { patientReach } from '../../domain/worklist/reach.ts';
import { reviewOf } from '../../domain/worklist/reviewed.ts';
import { flag, visibleLine } from '../../http/request-fields.ts';
import { reach, transactionStatus } from './answer.ts';

/** Outcomes, separated by commas or given by repeating the parameter. Read without duplicates, in the order of OUTCOMES. */
const outcomes = z.pipe(
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
DOCS: describe(outcomes, {
  description: 'One or more outcomes, separated by commas or as a repeated parameter.',
  json: { type: 'array', items: { $ref: '#/components/schemas/Outcome' }, minItems: 1 },
});

const REDRAWS = ['any', 'available'] as const;
const RESULTS = ['reported'] as const;

/** What an order is for. All that are given must hold for one order of the transaction. */
export const orderFields = {
  test: z.optional(visibleLine(128)),
  lab: z.optional(visibleLine(128)),
  modality: z.optional(visibleLine(128)),
  expected_by: z.optional(z.iso.date()),
};
DOCS: describeEach(orderFields, {
  test: 'Part of the name of the lab test, in any case. A single order must match `test`, `lab`, `modality` and `expected_by`.',
  lab: 'The lab, as Junction spells it, in any case.',
  modality: 'The collection method.',
  expected_by: 'The latest date by which the lab expects the result.',
});

/** The query parameters of a filter. */
export const filterFields = {
  status: z.optional(transactionStatus),
  outcome: z.optional(outcomes),
  redraw: z.optional(z.enum(REDRAWS)),
  results: z.optional(z.enum(RESULTS)),
  reviewed: z.optional(flag),
  reach: z.optional(reach),
  assignee: z.optional(visibleLine(128)),
  assigned: z.optional(flag),
  ...orderFields,
};

DOCS: describeEach(filterFields, {
  redraw:
    '`any`: transactions with a redraw, open or ended. `available`: those in which a redraw became available for an order.',
  results: '`reported`: transactions with results, also partial results of orders in progress.',
  reviewed: 'Whether somebody has reviewed the results that it has now.',
  assignee: 'The name of the owner, in any case.',
  assigned: 'Whether there is an owner.',
});

const FOLLOW_UPS = ['due', 'later', 'any'] as const;

/** The query parameters of a list of what needs action. */
export const followUpFields = { follow_up: z.optional(z.enum(FOLLOW_UPS)) };

DOCS: describeEach(followUpFields, {
  follow_up:
    'Leaves out what waits for a later follow-up (`due`, the default), lists only that (`later`), or both (`any`). What has an unacknowledged critical result does not wait.',
});

/** Narrows a list of transactions. Without any field it matches all of them. */
export interface Filter {
  readonly status?: TransactionStatus | undefined;
  readonly outcome?: readonly Outcome[] | undefined;
  readonly redraw?: (typeof REDRAWS)[number] | undefined;
  readonly results?: (typeof RESULTS)[number] | undefined;
  /** Whether somebody has reviewed the results that it has now. */
  readonly reviewed?: z.output<typeof flag> | undefined;
  /** Whether the patient was told about the redraw. */
  readonly reach?: Reach | undefined;
  /** The name of the owner, case-insensitive. */
  readonly assignee?: string | undefined;
  /** Whether it has an owner. */
  readonly assigned?: z.output<typeof flag> | undefined;
  readonly follow_up?: (typeof FOLLOW_UPS)[number] | undefined;
  readonly test?: string | undefined;
  readonly lab?: string | undefined;
  readonly modality?: string | undefined;
  readonly expected_by?: string | undefined;
}

/** The statuses of the transactions that can match; none if the filter contradicts itself. */
export function statusesOf({ status, outcome }: Filter): readonly TransactionStatus[] {
  const implied = outcome?.map((one) => STATUS_OF_OUTCOME[one]);
  return TRANSACTION_STATUSES.filter(
    (one) => (status === undefined || one === status) && (!implied || implied.includes(one)),
  );
}

export function matches(filter: Filter, transaction: StoredTransaction, now: Instant): boolean {
  const { status, outcome, redraw, reach } = filter;
  if (status !== undefined && transaction.status !== status) return false;
  if (outcome && !outcome.includes(transaction.outcome)) return false;
  if (!hasSuchResults(filter, transaction)) return false;
  if (reach !== undefined && patientReach(transaction) !== reach) return false;
  if (!isHandledSo(filter, transaction, now)) return false;
  if (namesOrder(filter) && !transaction.orders.some((order) => isOrderFor(filter, order))) return false;
  if (redraw === undefined) return true;
  return transaction.redraw !== null && (redraw === 'any' || wasAvailable(transaction));
}

function hasSuchResults({ results, reviewed }: Filter, transaction: StoredTransaction): boolean {
  if (results !== undefined && !hasResults(transaction)) return false;
  return reviewed === undefined || reviewed === String(reviewOf(transaction) !== null);
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

function namesOrder({ test, lab, modality, expected_by }: Filter): boolean {
  return [test, lab, modality, expected_by].some((given) => given !== undefined);
}

/** Whether an order is for this test, at this lab, and so on. */
function isOrderFor(
  { test, lab, modality, expected_by }: Filter,
  order: Pick<TransactionOrder, 'lab_test' | 'modality' | 'expected_result_by_date'>,
): boolean {
  const { lab_test, expected_result_by_date: expected } = order;
  return (
    (test === undefined || has(lab_test?.name, test)) &&
    (lab === undefined || lab_test?.lab?.toLowerCase() === lab.toLowerCase()) &&
    (modality === undefined || order.modality === modality) &&
    (expected_by === undefined || (expected !== null && expected.slice(0, 10) <= expected_by))
  );
}

function has(name: string | null | undefined, part: string): boolean {
  return name?.toLowerCase().includes(part.toLowerCase()) === true;
}

function wasAvailable({ orders }: StoredTransaction): boolean {
  return orders.some((order) => order.redraw_available_at !== null || classOf(order) === 'R');
}

/** The filter as text, the same for equal filters; empty for the filter that matches all. */
export function nameOf({ outcome, follow_up, ...others }: Filter): string {
  const { status, redraw, results, reviewed, reach, assignee, assigned, ...order } = others;
  const parts = {
    status,
    outcome: outcome?.join(','),
    redraw,
    results,
    reviewed,
    reach,
    assignee,
    assigned,
    follow_up: follow_up === 'any' ? undefined : follow_up,
    test: order.test,
    lab: order.lab,
    modality: order.modality,
    expected_by: order.expected_by,
  };
  return Object.entries(parts)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]))
    .join('&');
}
