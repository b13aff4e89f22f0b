import { useLocation } from 'wouter';
import { useNotify } from '../alerts/notifications.tsx';
import type { Order, Transaction } from '../api/answers.ts';
import { addressOf } from '../components/transaction-path.ts';
import { keepFocusIn } from '../screen/keep-focus.ts';
import { BookingDialog } from './booking-dialog.tsx';
import { CancelAppointmentDialog } from './cancel-appointment-dialog.tsx';
import { CancelOrderDialog } from './cancel-order-dialog.tsx';
import { changeProblem } from './change-problem.ts';
import { withAnswer } from './order-change.ts';
import { changedMessage } from './order-wording.ts';
import { PortalLinkDialog } from './portal-link-dialog.tsx';
import { type PossibleActions, possibleActions } from './possible-actions.ts';
import { useOrderChange } from './use-order-change.ts';

export type OrderDialog = 'book' | 'reschedule' | 'cancel_appointment' | 'cancel_order' | 'portal_link';

interface OrderDialogsProps {
  readonly transaction: Transaction;
  readonly order: Order;
  /** "redraw order" */
  readonly name: string;
  readonly isRedraw: boolean;
  readonly possible: PossibleActions;
  readonly dialog: OrderDialog | null;
  readonly onOpen: (dialog: OrderDialog | null) => void;
}

/** The dialog that is open about an order. It stays open, with what was entered, until the change is made. */
export function OrderDialogs(props: OrderDialogsProps) {
  const { transaction, order, name, isRedraw, possible, dialog, onOpen } = props;
  const notify = useNotify();
  const [, navigate] = useLocation();
  const { mutate, isPending, error, variables, reset } = useOrderChange(order.id, (change, answer) => {
    const open = (one: OrderDialog) => () => {
      // The user may be on another page by then.
      navigate(addressOf(transaction.id));
      onOpen(one);
    };
    const follow = {
      book: open('book'),
      reschedule: open('reschedule'),
      cancelAppointment: open('cancel_appointment'),
    };
    const now = Date.now();
    const next = possibleActions(withAnswer(order, answer), answer.transaction, now);
    notify(changedMessage(change, answer, follow, { next, now }));
    close();
  });
  const close = () => {
    onOpen(null);
    reset();
    keepFocusIn(null);
  };
  const problem = error && variables ? changeProblem(error, variables.kind) : null;
  const shared = { orderId: order.id, pending: isPending, problem, onConfirm: mutate, onDismiss: close };
  const { appointment } = possible;
  switch (dialog) {
    case null:
      return null;
    case 'book':
    case 'reschedule':
      return <BookingDialog {...shared} kind={dialog} appointment={appointment} />;
    case 'cancel_appointment':
      return <CancelAppointmentDialog {...shared} appointment={appointment} />;
    case 'cancel_order':
      return <CancelOrderDialog {...shared} name={name} isRedraw={isRedraw} possible={possible} />;
    case 'portal_link':
      return <PortalLinkDialog transaction={transaction} orderId={order.id} onDismiss={close} />;
  }
}
