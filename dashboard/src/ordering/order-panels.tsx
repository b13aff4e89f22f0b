import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Transaction } from '../api/answers.ts';
import { useOrderRecords } from '../api/use-order-records.ts';
import { useNow } from '../time/use-now.ts';
import type { Lane } from '../transaction/lanes.ts';
import type { OrderDialog } from './order-dialogs.tsx';
import { OrderPanel } from './order-panel.tsx';
import { possibleActions } from './possible-actions.ts';
import { type OrderingScopes, useOrderingScopes } from './use-ordering-scopes.ts';

interface OrderPanelsProps {
  readonly transaction: Transaction;
  readonly lanes: readonly Lane[];
}

/** What the user can do with the open orders of a transaction at Junction. Nothing where ordering is off. */
export function OrderPanels(props: OrderPanelsProps) {
  const scopes = useOrderingScopes();
  return Object.values(scopes).some(Boolean) ? <Panels {...props} scopes={scopes} /> : null;
}

function Panels({ transaction, lanes, scopes }: OrderPanelsProps & { readonly scopes: OrderingScopes }) {
  const { orders } = useOrderRecords(transaction);
  const [open, setOpen] = useState<{ readonly orderId: string; readonly dialog: OrderDialog } | null>(null);
  const now = useNow();
  const managed = orders.flatMap((order) => {
    const possible = possibleActions(order, transaction, now);
    // If the order has ended in the meantime, its dialog says so.
    const dialog = open?.orderId === order.id ? open.dialog : null;
    return possible.any || dialog !== null ? [{ order, possible, dialog }] : [];
  });
  if (managed.length === 0) return null;
  return (
    <SpaceBetween size="m">
      {managed.map(({ order, possible, dialog }) => (
        <OrderPanel
          key={order.id}
          transaction={transaction}
          order={order}
          possible={possible}
          scopes={scopes}
          dialog={dialog}
          name={lanes.find(({ orderId }) => orderId === order.id)?.name ?? 'Order'}
          onOpen={(one) => setOpen(one && { orderId: order.id, dialog: one })}
        />
      ))}
    </SpaceBetween>
  );
}
