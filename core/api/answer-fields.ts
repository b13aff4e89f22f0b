/** Fields that several answers have. */
import * as z from 'zod/mini';
import { describe, describeEach } from '../domain/describe.ts';
import { CRITICAL_STATES } from '../domain/order/critical-result.ts';

export const text = z.nullable(z.string());

export const id = z.string();
DOCS: describe(id, { json: { type: 'string', format: 'uuid' } });

export const orderId = z.nullable(id);
DOCS: describe(orderId, { description: 'The order that it is about; null if there is none.' });

export const transactionId = z.nullable(id);
DOCS: describe(transactionId, { description: 'The transaction of the order; null while it is not known.' });

/** A moment, and one that may be missing. */
export const at = z.string();
DOCS: describe(at, { json: { type: 'string', format: 'date-time' } });
export const time = z.nullable(at);

export const teamId = z.nullable(z.string());
DOCS: describe(teamId, { description: 'Junction’s ID of the team; null while it is not known.' });

export const userId = z.nullable(z.string());
DOCS: describe(userId, { description: 'Junction’s ID of the user; null while it is not known.' });

export const clientUserId = z.nullable(z.string());
DOCS: describe(clientUserId, { description: 'Your own ID of the user; null while it is not known.' });

export const by = z.string();
DOCS: describe(by, { description: 'The person or program that did it.' });

export const nextCursor = z.nullable(z.string());
DOCS: describe(nextCursor, { description: 'The `cursor` of the next page; null on the last page.' });

const day = z.string();
DOCS: describe(day, { json: { type: 'string', format: 'date' } });

/** What answers show of every order. Their descriptions follow. */
export const orderFields = {
  origin: z.nullable(z.string()),
  parent_id: z.nullable(id),
  modality: z.nullable(z.string()),
  status: z.nullable(z.string()),
  low_level_status: z.nullable(z.string()),
  low_level_status_created_at: z.nullable(at),
  created_at: z.nullable(at),
  expected_result_by_date: z.nullable(day),
  worst_case_result_by_date: z.nullable(day),
};
DOCS: describeEach(orderFields, {
  origin: '`initial`, `redraw` or another origin, as Junction reports it.',
  parent_id: 'The order that this one is a redraw of; null for an initial order.',
  modality: 'The collection method.',
  status: 'Junction’s high-level status.',
  low_level_status: 'Junction’s low-level status, the last part of the status of its newest event.',
  low_level_status_created_at: 'When it came into that status.',
  created_at: 'When Junction created it.',
  expected_result_by_date:
    'The date by which the lab expects the result; null if there is none, or once an initial order has ended.',
  worst_case_result_by_date: 'The latest date that the lab promises; null under the same conditions.',
});

/** And what only some show. */
export const orderProgress = {
  status_detail: z.nullable(z.string()),
  interpretation: z.nullable(z.string()),
  has_missing_results: z.nullable(z.boolean()),
};
DOCS: describeEach(orderProgress, {
  status_detail: 'Why it has that status, for example why a sample failed.',
  interpretation:
    'Junction’s summary of its results. Null unless the deployment keeps it and the token has `results/read`.',
  has_missing_results: 'Whether results are missing; null while Junction has not said.',
});

export const criticalState = z.enum(CRITICAL_STATES);
DOCS: describe(criticalState, { id: 'CriticalState', description: '`open`: nobody has acknowledged it.' });
