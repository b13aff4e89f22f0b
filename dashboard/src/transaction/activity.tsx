import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo, useState } from 'react';
import { useMessages } from '../../../capabilities/messages/page/use-messages.ts';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import type { Transaction } from '../api/answers.ts';
import { useOrderRecords } from '../api/use-order-records.ts';
import { PageLoading } from '../components/page-loading.tsx';
import { followUpBlockedReason } from '../handling/follow-up-blocked.ts';
import { HandlingForm } from '../handling/handling-form.tsx';
import { useNotes } from '../handling/use-notes.ts';
import { usePrinting } from '../screen/use-printing.ts';
import { useHasScope } from '../session/session-context.tsx';
import { useNow } from '../time/use-now.ts';
import type { Lane } from './lanes.ts';
import { groupOf, timeline } from './timeline.ts';
import { EntryWords } from './timeline-entry.tsx';

const GROUPS = [
  { id: 'all', text: 'All' },
  { id: 'people', text: 'People' },
  { id: 'messages', text: 'Messages' },
  { id: 'junction', text: 'Junction' },
] as const;

/** What is being entered at the top of the activity. */
export type Entering = 'contact' | 'note' | null;

interface ActivityProps {
  readonly transaction: Transaction;
  readonly lanes: readonly Lane[];
  readonly entering: Entering;
  readonly onEnter: (entering: Entering) => void;
}

/** What happened, newest first, and what is planned before that. People add to it at the top. */
export function Activity({ transaction, lanes, entering, onEnter }: ActivityProps) {
  const [group, setGroup] = useState<string>('all');
  const may = useHasScope('redraws/write');
  const printing = usePrinting();
  const records = useOrderRecords(transaction);
  const { messages, error: messagesError } = useMessages(transaction);
  const { notes, error: notesError } = useNotes(transaction);
  const now = useNow();
  const rows = useMemo(
    () => timeline(transaction, records.orders, now, { messages, notes }).toReversed(),
    [transaction, records.orders, now, messages, notes],
  );
  const shown = rows.filter(({ entry }) => printing || group === 'all' || groupOf(entry) === group);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <div className="screen-only">
              <SegmentedControl
                selectedId={group}
                options={GROUPS}
                onChange={({ detail }) => setGroup(detail.selectedId)}
                label="Show"
              />
            </div>
          }
        >
          Activity
        </Header>
      }
    >
      <SpaceBetween size="s">
        {may && entering && (
          <HandlingForm
            key={entering}
            of={transaction}
            kind={entering}
            noFollowUp={followUpBlockedReason(transaction)}
            onDone={() => onEnter(null)}
            onCancel={() => onEnter(null)}
          />
        )}
        {may && !entering && (
          <div className="screen-only">
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => onEnter('contact')}>Log a contact</Button>
              <Button onClick={() => onEnter('note')}>Add a note</Button>
            </SpaceBetween>
          </div>
        )}
        {records.error && <ErrorAlert error={records.error} what="part of the activity" />}
        {messagesError && <ErrorAlert error={messagesError} what="the messages to the patient" />}
        {notesError && <ErrorAlert error={notesError} what="the notes and contacts" />}
        {records.pending ? (
          <PageLoading />
        ) : (
          <ol className="activity" aria-label="Activity, newest first">
            {shown.map((row) => (
              <li key={row.entry.key} className={row.ahead ? 'ahead' : ''}>
                <EntryWords row={row} lanes={lanes} now={now} />
              </li>
            ))}
            {shown.length === 0 && <li>Nothing of that kind yet.</li>}
          </ol>
        )}
      </SpaceBetween>
    </Container>
  );
}
