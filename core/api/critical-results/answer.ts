import * as z from 'zod/mini';
import { caller } from '../../domain/caller-schema.ts';
import { describe } from '../../domain/describe.ts';
import { TOLD_BY } from '../../domain/order/critical-result.ts';
import {
  at,
  by,
  clientUserId,
  criticalState,
  id,
  nextCursor,
  teamId,
  time,
  transactionId,
  userId,
} from '../answer-fields.ts';

const acknowledgement = z.object({
  by,
  at,
  caller,
  told: z.string(),
  channel: z.enum(TOLD_BY),
  read_back: z.boolean(),
});
DOCS: describe(acknowledgement, {
  id: 'CriticalAcknowledgement',
  description: 'A person has seen the critical result, and told somebody who can act on it.',
  properties: {
    by: 'Who has seen it.',
    at: 'When it was acknowledged.',
    told: 'Who was told.',
    channel: 'How that person was told.',
    read_back: 'Whether that person read the result back.',
  },
});

/** The critical result of an order, in ids and times. */
const state = {
  state: criticalState,
  opened_at: time,
  latest_at: time,
  acknowledgement: z.nullable(acknowledgement),
};
const stateProperties = {
  opened_at: 'When the first report arrived that was not acknowledged.',
  latest_at: '`updated_at` of the newest report. Send it with an acknowledgement.',
  acknowledgement: 'Null while the critical result is open.',
};

export const criticalResultState = z.object(state);
DOCS: describe(criticalResultState, {
  id: 'CriticalResultState',
  description: 'The state of the critical result of an order. It has no value.',
  properties: stateProperties,
});

export const criticalReport = z.object({ status: z.string(), updated_at: at });
DOCS: describe(criticalReport, {
  id: 'CriticalReport',
  description: 'A report of Junction about a critical result.',
  properties: { status: 'The status, as Junction reports it.', updated_at: 'When Junction changed it.' },
});

export const criticalResult = z.object({
  order_id: id,
  order_transaction_id: transactionId,
  team_id: teamId,
  user_id: userId,
  client_user_id: clientUserId,
  ...state,
  reports: z.array(criticalReport),
});
DOCS: describe(criticalResult, {
  id: 'CriticalResult',
  description: 'An order for which Junction reported a critical result, in IDs and times.',
  properties: { order_id: 'The order.', ...stateProperties, reports: 'What Junction reported.' },
});

export const criticalResultList = z.object({
  critical_results: z.array(criticalResult),
  next_cursor: nextCursor,
});
DOCS: describe(criticalResultList, {
  id: 'CriticalResultList',
  description: 'A page of critical results.',
  properties: { critical_results: 'The critical results of this page.' },
});
