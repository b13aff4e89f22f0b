import Box from '@cloudscape-design/components/box';
import Cards from '@cloudscape-design/components/cards';
import Table from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import type { Transaction } from '../api/answers.ts';
import { useNarrowScreen } from '../shell/use-narrow-screen.ts';
import { type Column, NAME, OUTCOME } from './columns.tsx';
import './transaction-list.css';

interface TransactionTableProps {
  /** The accessible name of the list. */
  readonly label: string;
  readonly transactions: readonly Transaction[];
  /** The columns after transaction and outcome. */
  readonly columns: readonly Column[];
  /** Content below the outcome. */
  readonly below?: ((transaction: Transaction) => ReactNode) | undefined;
  readonly loading: boolean;
  readonly empty: ReactNode;
  readonly header: ReactNode;
  readonly filter?: ReactNode;
  readonly pagination?: ReactNode;
  readonly footer?: ReactNode;
}

/** Transactions as a table, or as cards on a phone. */
export function TransactionTable({
  label,
  transactions,
  columns,
  below,
  footer,
  ...around
}: TransactionTableProps) {
  const narrow = useNarrowScreen();
  const status: Column = {
    ...OUTCOME,
    cell: (transaction) => (
      <>
        {OUTCOME.cell(transaction)}
        {below?.(transaction)}
      </>
    ),
  };
  const shared = {
    ...around,
    variant: 'full-page' as const,
    trackBy: 'id',
    loadingText: `Loading ${label}`,
    items: transactions,
  };
  if (narrow) {
    return (
      <>
        <Cards
          {...shared}
          ariaLabels={{ cardsLabel: label, itemSelectionLabel: () => '', selectionGroupLabel: '' }}
          cardDefinition={{
            header: (transaction) => <CardHead transaction={transaction} status={status} />,
            sections: shortOnesLast(columns).map(({ id, header, cell, half }) => ({
              id,
              header,
              content: cell,
              width: half ? 50 : 100,
            })),
          }}
        />
        {footer}
      </>
    );
  }
  return (
    <Table
      {...shared}
      footer={footer}
      stickyHeader
      stickyColumns={{ first: 1 }}
      wrapLines
      contentDensity="compact"
      ariaLabels={{ tableLabel: label }}
      columnDefinitions={[NAME, status, ...columns].map(({ id, header, cell, minWidth }) => ({
        id,
        header,
        cell,
        minWidth,
        verticalAlign: 'top' as const,
        isRowHeader: id === NAME.id,
      }))}
    />
  );
}

function CardHead({ transaction, status }: { transaction: Transaction; status: Column }) {
  return (
    <div className="card-head">
      {NAME.cell(transaction)}
      <Box fontWeight="normal">{status.cell(transaction)}</Box>
    </div>
  );
}

/** Half-width columns last, so that they pair up. */
function shortOnesLast(columns: readonly Column[]): Column[] {
  return [...columns.filter(({ half }) => !half), ...columns.filter(({ half }) => half)];
}
