import type { EventDetail } from '../../../core/domain/events/domain-events.ts';
import type { DocumentedEvents } from './documented-event.ts';
import { about, copied, LAB_OPS, NURSES, REQUESTED_AT, requested, TRANSACTION } from './example-scene.ts';

const ACTIVE = { status: 'active', outcome: 'redraw_in_progress', redraw: requested } as const;

export const handlingEvents: DocumentedEvents<'Assignment Changed' | 'Note Added'> = {
  'Assignment Changed': {
    when: 'Somebody set or removed the owner of a transaction, or changed the follow-up. Until `follow_up_at` the worklist leaves the transaction out, unless it progresses or has a critical result.',
    example: copied({
      ...about(10, 'assignment-changed', REQUESTED_AT),
      ...ACTIVE,
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
    when: 'Somebody added a note, or logged a contact with the patient. The text of the note is not in the event.',
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
