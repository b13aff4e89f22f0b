import { type ReactNode, type RefObject, useState } from 'react';
import { SendDialog } from '../../../capabilities/messages/page/send-dialog.tsx';
import type { Order, Transaction } from '../api/answers.ts';
import { NoteDialog } from '../handling/note-dialog.tsx';
import { type OrderDialog, OrderDialogs } from '../ordering/order-dialogs.tsx';
import { possibleActions } from '../ordering/possible-actions.ts';
import { useAcknowledgementActions } from '../redraw/acknowledgement/use-acknowledgement-actions.tsx';
import { hasRedraw } from '../redraw/open-redraw.ts';
import { useNow } from '../time/use-now.ts';

export interface StepDialogs {
  readonly manage: (order: Order, dialog: OrderDialog) => void;
  readonly sendMessage: () => void;
  readonly logContact: () => void;
  readonly recordDecision: () => void;
  /** Stays mounted after the step that opened a dialog has ended, so that nothing typed is lost. */
  readonly shown: ReactNode;
}

/** The dialogs that the actions of a next step open. @param panel gets the focus when a button is gone */
export function useStepDialogs(
  transaction: Transaction,
  orders: readonly Order[],
  panel: RefObject<HTMLElement | null>,
): StepDialogs {
  const [open, setOpen] = useState<{ readonly orderId: string; readonly dialog: OrderDialog } | null>(null);
  const [sending, setSending] = useState(false);
  const [logging, setLogging] = useState(false);
  const decisions = useAcknowledgementActions();
  const now = useNow();
  const order = orders.find(({ id }) => id === open?.orderId);
  const isRedraw = transaction.redraw?.order_id === order?.id;
  return {
    manage: ({ id }, dialog) => setOpen({ orderId: id, dialog }),
    sendMessage: () => setSending(true),
    logContact: () => setLogging(true),
    recordDecision: () => decisions.acknowledge([transaction]),
    shown: (
      <>
        {order && (
          <OrderDialogs
            transaction={transaction}
            order={order}
            name={isRedraw ? 'redraw order' : 'order'}
            isRedraw={isRedraw}
            possible={possibleActions(order, transaction, now)}
            dialog={open?.dialog ?? null}
            onOpen={(dialog) => setOpen(dialog && { orderId: order.id, dialog })}
            panel={panel}
          />
        )}
        {sending && hasRedraw(transaction) && (
          <SendDialog transaction={transaction} onDismiss={() => setSending(false)} />
        )}
        {logging && <NoteDialog transaction={transaction} of="contact" onDismiss={() => setLogging(false)} />}
        {decisions.dialog}
      </>
    ),
  };
}
