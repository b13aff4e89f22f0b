import type { Transaction } from '../api/answers.ts';
import { Identifier } from '../components/identifier.tsx';
import { Patient } from '../components/patient.tsx';
import { StatusLabel } from '../components/status-label.tsx';
import { LabTests } from '../redraw/lab-tests.tsx';
import { hasResults } from '../redraw/results-time.ts';
import type { ListColumn } from '../table/list-table.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { humanize, OUTCOMES } from '../wording/status.ts';
import { OrderList } from './order-list.tsx';

/** A column of a transaction list. */
export type Column = ListColumn<Transaction>;

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
  sortingField: 'created_at',
};

/** The team, in a deployment of several. @param names of the teams by id */
export function teamColumn(names: ReadonlyMap<string, string>): Column {
  return {
    id: 'team',
    header: 'Team',
    minWidth: 120,
    cell: ({ team_id }) => names.get(team_id ?? '') ?? <span className="aside">Unknown</span>,
    half: true,
  };
}

/** `hrefOf`: the link to a user's transactions. */
export function userColumn(hrefOf: (user: string) => string): Column {
  return {
    id: 'user',
    header: 'Patient',
    minWidth: 145,
    cell: ({ id, orders, ...of }) => (
      <Patient
        of={of}
        transactionId={id}
        orderId={orders.at(-1)?.id ?? null}
        {...(of.user_id !== null && { href: hrefOf(of.user_id) })}
      />
    ),
    half: true,
  };
}
