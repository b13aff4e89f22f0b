import { Identifier } from '../components/identifier.tsx';

interface OrderCellProps {
  readonly id: string;
  /** Null until Junction has reported the order's transaction. */
  readonly transactionId: string | null;
}

/** An order in a table cell, with a link to its transaction. */
export function OrderCell({ id, transactionId }: OrderCellProps) {
  return <Identifier id={id} of="order" short href={`/transactions/${transactionId ?? id}`} />;
}
