import * as z from 'zod/mini';
import type { EventIn } from '../../../core/domain/events/domain-events.ts';
import { CHANNELS } from '../../../core/domain/transaction/told.ts';
import type { PatientMessage } from './message.ts';

/** The events of the capability, by type: each has an id that is the same for every delivery of it. */
export const messageEvents = {
  'Patient Message Requested': z.object({
    id: z.string(),
    correlation_id: z.nullable(z.string()),
    time: z.string(),
    transaction_id: z.string(),
    message_id: z.string(),
    template: z.string(),
    channel: z.enum(CHANNELS),
    /** The name that the caller gave. */
    by: z.string(),
  }),
} as const;

/** The event of a message that somebody requested by hand. */
export function messageRequested(
  { id, transaction_id, template, channel, planned_at, by }: PatientMessage,
  correlation_id: string | null,
): EventIn<typeof messageEvents> {
  const detail = {
    id: `message:${transaction_id}:${id}:requested`,
    correlation_id,
    time: planned_at,
    transaction_id,
    message_id: id,
    template,
    channel,
    by: by ?? '',
  };
  return { type: 'Patient Message Requested', detail };
}
