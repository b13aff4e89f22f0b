import * as z from 'zod/mini';
import { caller } from '../../domain/caller-schema.ts';
import { describe } from '../../domain/describe.ts';
import { webhookOutcome } from '../../domain/webhook-outcome-schema.ts';
import { problem } from '../../http/problem-schema.ts';
import { at, by, nextCursor, text, time } from '../answer-fields.ts';

const dismissal = z.object({ at, by, caller, note: z.string() });
DOCS: describe(dismissal, {
  id: 'Dismissal',
  description: 'Who said that a webhook need not be replayed, when and why.',
  properties: { at: 'When it was dismissed.', by: 'Who dismissed it.', note: 'Why.' },
});

export const quarantined = z.object({
  id: z.string(),
  reason: z.string(),
  message_id: text,
  event_type: text,
  order_id: text,
  order_transaction_id: text,
  user_id: text,
  received_at: at,
  size: z.int(),
  expires_at: at,
  replayed_at: time,
  replay_outcome: text,
  dismissal: z.nullable(dismissal),
});
DOCS: describe(quarantined, {
  id: 'QuarantinedWebhook',
  description: 'A signed webhook that could not be parsed, without its body.',
  properties: {
    id: 'Its ID: 40 hexadecimal digits.',
    reason: 'Why it could not be parsed.',
    message_id: 'Svix’s ID of the delivery.',
    event_type: 'The type of the event.',
    order_id: 'The ID of the order, if it could be read.',
    order_transaction_id: 'The ID of the transaction, if it could be read.',
    user_id: 'The ID of the user, if it could be read.',
    received_at: 'When it arrived.',
    size: 'The size of its body in bytes.',
    expires_at: 'When it is deleted.',
    replayed_at: 'When it was last replayed; null if it was not.',
    replay_outcome: 'The outcome of that replay.',
    dismissal: 'Null unless somebody dismissed it.',
  },
});

export const quarantineList = z.object({ quarantined: z.array(quarantined), next_cursor: nextCursor });
DOCS: describe(quarantineList, {
  id: 'QuarantineList',
  description: 'A page of quarantined webhooks.',
  properties: { quarantined: 'The webhooks of this page.' },
});

export const replayAnswer = z.object({ id: z.string(), outcome: webhookOutcome, reason: text });
DOCS: describe(replayAnswer, {
  id: 'Replay',
  description: 'The outcome of a replay.',
  properties: { id: 'The ID of the webhook.', reason: 'Why it is still quarantined; null if it is not.' },
});

const replayResult = z.object({
  id: z.string(),
  status: z.int(),
  outcome: z.nullable(webhookOutcome),
  reason: text,
  problem: z.nullable(problem),
});
DOCS: describe(replayResult, {
  id: 'ReplayResult',
  description: 'The result for one webhook of a batch replay.',
  properties: {
    id: 'The ID of the webhook.',
    status: 'The status that a request for this webhook alone would have got.',
    outcome: 'The outcome; null if it was not replayed.',
    reason: 'Why it is still quarantined; null if it is not.',
    problem: 'Why it was not replayed; null if it was.',
  },
});
export type ReplayResult = z.output<typeof replayResult>;

export const replayResults = z.object({ results: z.array(replayResult), next_cursor: nextCursor });
DOCS: describe(replayResults, {
  id: 'ReplayResults',
  description: 'The results of a batch replay.',
  properties: {
    results: 'One for each webhook.',
    next_cursor: 'Null if no webhook with the reason is left that this and earlier requests did not replay.',
  },
});
