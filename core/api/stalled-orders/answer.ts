import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import {
  clientUserId,
  id,
  nextCursor,
  orderFields,
  teamId,
  transactionId,
  userId,
} from '../answer-fields.ts';
import {
  assignment,
  contact,
  labTestName,
  nextStep,
  openOrder,
  openOrderProperties,
} from '../transactions/answer.ts';

const { parent_id: _, ...shownFields } = orderFields;

export const stalledOrder = z.object({
  id,
  order_transaction_id: transactionId,
  team_id: teamId,
  user_id: userId,
  client_user_id: clientUserId,
  ...shownFields,
  lab_test: z.nullable(labTestName),
  ...z.omit(openOrder, { order_id: true }).shape,
  assignment: z.nullable(assignment),
  contact: z.nullable(contact),
  next_step: z.nullable(nextStep),
});
DOCS: describe(stalledOrder, {
  id: 'StalledOrder',
  description: 'An order that is stalled, and what it is waiting for.',
  properties: {
    id: 'The ID of the order.',
    ...openOrderProperties,
    assignment: 'The owner of its transaction.',
    contact: 'The newest attempt to contact the patient about its transaction.',
    next_step: 'What to do next about its transaction.',
  },
});

export const stalledOrderList = z.object({ orders: z.array(stalledOrder), next_cursor: nextCursor });
DOCS: describe(stalledOrderList, {
  id: 'StalledOrderList',
  description: 'A page of stalled orders.',
  properties: { orders: 'The orders of this page.' },
});
