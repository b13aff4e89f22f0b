import type { EventDocument } from '../../../docs/capabilities.ts';
import { copied, REQUESTED_AT, TRANSACTION } from '../../../docs/events/catalogue/example-scene.ts';
import { messageEvents } from '../rules/message-events.ts';

export const messageEventDocuments: Readonly<Record<keyof typeof messageEvents, EventDocument>> = {
  'Patient Message Requested': {
    schema: messageEvents['Patient Message Requested'],
    when: 'Someone requested a message to a patient by hand. It is sent immediately, unless a check prevents it.',
    example: copied({
      id: `message:${TRANSACTION}:reminder_1.sms.1:requested`,
      correlation_id: 'JKJaXmPLvHcESHA=',
      time: REQUESTED_AT,
      transaction_id: TRANSACTION,
      message_id: 'reminder_1.sms.1',
      template: 'reminder_1',
      channel: 'sms',
      by: 'olivia',
    }),
  },
};
