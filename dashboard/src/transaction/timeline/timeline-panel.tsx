import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Transaction } from '../../api/answers.ts';
import { PageLoading } from '../../components/page-loading.tsx';
import { Fault } from '../../messages/error-alert.tsx';
import { TimeLineList } from './timeline-list.tsx';
import { useRecords } from './use-order-records.ts';

/** What happened to the orders of a transaction; asks for their records. */
export function TimeLinePanel({ transaction }: { transaction: Transaction }) {
  const { orders, pending, error } = useRecords(transaction);
  return (
    <Container header={<Header variant="h2">Time line</Header>}>
      {pending ? (
        <PageLoading />
      ) : (
        <SpaceBetween size="s">
          {error && <Fault error={error} what="part of the time line" />}
          <TimeLineList transaction={transaction} orders={orders} />
        </SpaceBetween>
      )}
    </Container>
  );
}
