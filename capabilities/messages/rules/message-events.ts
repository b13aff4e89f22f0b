import type { DomainEvent } from '../../../core/domain/events/domain-events.ts';
import type { PatientMessage } from './message.ts';

/** The event of a message that somebody requested by hand. */
export function messageRequested(
  { id, transaction_id, template, channel, planned_at, by }: PatientMessage,
  correlation_id: string | null,
): DomainEvent {
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
