import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMessages } from '../../../capabilities/messages/page/use-messages.ts';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import type { Transaction } from '../api/answers.ts';
import { useOrderRecords } from '../api/use-order-records.ts';
import { PageLoading } from '../components/page-loading.tsx';
import { useNotes } from '../handling/use-notes.ts';
import { TimelineList } from './timeline-list.tsx';

/** The timeline of a transaction; fetches the records of its orders. */
export function TimelinePanel({ transaction }: { transaction: Transaction }) {
  const { orders, pending, error } = useOrderRecords(transaction);
  const { messages, error: messagesError } = useMessages(transaction);
  const { notes, error: notesError } = useNotes(transaction);
  return (
    <Container header={<Header variant="h2">Timeline</Header>}>
      {pending ? (
        <PageLoading />
      ) : (
        <SpaceBetween size="s">
          {error && <ErrorAlert error={error} what="part of the timeline" />}
          {messagesError && <ErrorAlert error={messagesError} what="the messages to the patient" />}
          {notesError && <ErrorAlert error={notesError} what="the notes and contacts" />}
          <TimelineList transaction={transaction} orders={orders} messages={messages} notes={notes} />
        </SpaceBetween>
      )}
    </Container>
  );
}
