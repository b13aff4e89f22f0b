import type { EventDetail } from '../../../core/domain/events/domain-events.ts';
import type { DocumentedEvents } from './documented-event.ts';
import {
  about,
  copied,
  LAB_OPS,
  NURSES,
  REQUESTED_AT,
  requested,
  TRANSACTION,
  withRedraw,
} from './example-scene.ts';

const ACTIVE = {
  status: 'active',
  outcome: 'redraw_in_progress',
  ...withRedraw(requested, 'no_appointment'),
} as const;

export const handlingEvents: DocumentedEvents<'Assignment Changed' | 'Note Added'> = {
  'Assignment Changed': {
    when: 'Someone set or removed the owner of a transaction, or changed the follow-up. The worklist hides the transaction until `follow_up_at`, unless it progresses or has a critical result.',
    example: copied({
      ...about(10, 'assignment-changed', REQUESTED_AT),
      ...ACTIVE,
      owner: 'nurse@example.com',
      assignment: {
        assignee: 'nurse@example.com',
        follow_up_at: '2026-03-14T13:00:00.000000Z',
        by: 'lab-ops@example.com',
        at: '2026-03-12T15:12:00.000000Z',
        caller: LAB_OPS,
      },
      previous_assignee: null,
    }) as unknown as EventDetail<'Assignment Changed'>,
  },
  'Note Added': {
    when: 'Someone added a note, or logged a contact with the patient. The event does not contain the text of the note.',
    example: copied({
      ...about(11, 'note-added', REQUESTED_AT),
      ...ACTIVE,
      note: {
        id: `${TRANSACTION}:11`,
        kind: 'unreachable',
        by: NURSES.by,
        at: '2026-03-12T15:13:00.000000Z',
        caller: NURSES.caller,
      },
    }) as unknown as EventDetail<'Note Added'>,
  },
};
