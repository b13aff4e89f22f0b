import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Transaction } from '../api/answers.ts';
import { useHasScope } from '../session/session-context.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { useNow } from '../time/use-now.ts';
import { contactText, noteTitle } from '../wording/handling.ts';
import { AssignDialog } from './assign-dialog.tsx';
import { FollowUpDay } from './follow-up-day.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { isPostponed } from './postponed.ts';
import { useNotes } from './use-notes.ts';

/** Who owns the transaction, when they look at it again, and the results of contacting the patient. */
export function HandlingPanel({ transaction }: { transaction: Transaction }) {
  const may = useHasScope('redraws/write');
  const [open, setOpen] = useState<'assign' | 'note' | 'contact' | null>(null);
  const close = () => setOpen(null);
  const { assignment } = transaction;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            may && (
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={() => setOpen('assign')}>{assignment ? 'Change owner' : 'Assign'}</Button>
                <Button onClick={() => setOpen('contact')}>Log a contact</Button>
                <Button onClick={() => setOpen('note')}>Add a note</Button>
              </SpaceBetween>
            )
          }
        >
          Owner and contacts
        </Header>
      }
    >
      <Facts transaction={transaction} />
      {open === 'assign' && <AssignDialog transaction={transaction} onDismiss={close} />}
      {(open === 'note' || open === 'contact') && (
        <NoteDialog transaction={transaction} of={open} onDismiss={close} />
      )}
    </Container>
  );
}

function Facts({ transaction }: { transaction: Transaction }) {
  const now = useNow();
  const { notes } = useNotes(transaction);
  const { assignment, contact } = transaction;
  const last = notes.find(({ text }) => text !== null);
  return (
    <KeyValuePairs
      columns={4}
      minColumnWidth={180}
      items={[
        { label: 'Owner', value: assignment?.assignee ?? 'Unassigned' },
        {
          label: 'Follow-up',
          value: assignment?.follow_up_at ? (
            <>
              <FollowUpDay at={assignment.follow_up_at} />
              {isPostponed(transaction, now) && (
                <Box variant="small" display="block">
                  Hidden from the worklist until then
                </Box>
              )}
            </>
          ) : (
            'None planned'
          ),
        },
        {
          label: 'Last contact',
          value: contact ? (
            <>
              {contactText(contact.kind)}
              <Box variant="small" display="block">
                {contact.by}, <Timestamp at={contact.at} />
              </Box>
            </>
          ) : (
            'None logged'
          ),
        },
        {
          label: 'Latest note',
          value: last ? (
            <>
              <div className="note">{last.text}</div>
              <Box variant="small" display="block">
                {noteTitle(last)} · {last.by}, <Timestamp at={last.at} />
              </Box>
            </>
          ) : (
            'None'
          ),
        },
      ]}
    />
  );
}
