import type { ReactNode } from 'react';
import type { Transaction } from '../api/answers.ts';
import type { TransactionFilter } from '../api/list-queries.ts';
import { Identifier } from '../components/identifier.tsx';
import { OutsideLink } from '../components/outside-link.tsx';
import { StatusLabel } from '../components/status-label.tsx';
import { MissingMarkers } from '../redraw/missing-markers.tsx';
import { hasResults, newestResultsAt } from '../redraw/results-time.ts';
import { Timestamp } from '../time/timestamp.tsx';
import { humanize, OUTCOMES } from '../wording/status.ts';
import { LabTests } from './lab-tests.tsx';
import { OrderList } from './order-list.tsx';

/** A column of a transaction list; on a phone, a section of a card. */
export interface Column {
  readonly id: string;
  readonly header: string;
  readonly cell: (transaction: Transaction) => ReactNode;
  /** In pixels. */
  readonly minWidth: number;
  /** Half the width of a card on a phone. */
  readonly half?: boolean;
  /** The key by which the API sorts this column; absent if it cannot. */
  readonly sort?: NonNullable<TransactionFilter['sort']>;
}

/** The first two columns of every list, and the header of a card. */
export const NAME: Column = {
  id: 'transaction',
  header: 'Transaction',
  minWidth: 140,
  cell: ({ id }) => <Identifier id={id} of="transaction" short href={`/transactions/${id}`} />,
};

export const OUTCOME: Column = {
  id: 'outcome',
  header: 'Outcome',
  minWidth: 180,
  // Each outcome belongs to one status and is more specific.
  cell: ({ outcome, diverges, reported_status, orders }) => (
    <>
      <StatusLabel of={OUTCOMES[outcome]} />
      {outcome === 'in_progress' && orders.some(hasResults) && <div className="aside">Partial results</div>}
      {diverges && <div className="aside">Junction reports {humanize(reported_status).toLowerCase()}</div>}
    </>
  ),
};

export const ORDERS: Column = {
  id: 'orders',
  header: 'Orders',
  minWidth: 345,
  cell: (transaction) => <OrderList transaction={transaction} />,
};

export const LAB_TEST: Column = {
  id: 'lab-test',
  header: 'Lab test',
  minWidth: 150,
  cell: ({ orders }) => <LabTests orders={orders} />,
  half: true,
};

export const AGE: Column = {
  id: 'age',
  header: 'Ordered',
  minWidth: 110,
  cell: ({ created_at }) => <Timestamp at={created_at} />,
  half: true,
  sort: 'created_at',
};

export const REPORTED: Column = {
  id: 'reported',
  header: 'Reported',
  minWidth: 125,
  cell: (transaction) => <Timestamp at={newestResultsAt(transaction)} />,
  half: true,
  sort: 'results_at',
};

const MAX_MARKERS = 3;

export const MISSING: Column = {
  id: 'missing',
  header: 'Missing markers',
  minWidth: 185,
  cell: ({ outcome, missing_results }) => {
    if (outcome === 'results_complete') return <span className="aside">None</span>;
    return <MissingMarkers missing={missing_results} max={MAX_MARKERS} />;
  },
};

/** `hrefOf`: the link to a user's transactions. */
export function userColumn(hrefOf: (user: string) => string): Column {
  return {
    id: 'user',
    header: 'User',
    minWidth: 145,
    // The client's own ID first, as on the worklist.
    cell: ({ id, orders, user_id, client_user_id }) => (
      <>
        {client_user_id !== null && (
          <div className="client-user" title={client_user_id}>
            {client_user_id}
          </div>
        )}
        <div className={client_user_id === null ? '' : 'beneath'}>
          <Identifier id={user_id} of="user" short {...(user_id !== null && { href: hrefOf(user_id) })} />
        </div>
        <div className="beneath">
          <OutsideLink
            to="record_link"
            ids={{ transaction_id: id, order_id: orders.at(-1)?.id ?? null, user_id, client_user_id }}
          />
        </div>
      </>
    ),
    half: true,
  };
}
