import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useRef } from 'react';
import type { Order, Transaction } from '../api/answers.ts';
import { RequisitionButton } from '../next-step/requisition-button.tsx';
import { AppointmentTime } from './appointment-time.tsx';
import { type OrderDialog, OrderDialogs } from './order-dialogs.tsx';
import { notBookableText } from './order-wording.ts';
import type { PossibleActions } from './possible-actions.ts';
import type { OrderingScopes } from './use-ordering-scopes.ts';

interface OrderPanelProps {
  readonly transaction: Transaction;
  readonly order: Order;
  readonly possible: PossibleActions;
  /** "Redraw order" */
  readonly name: string;
  readonly scopes: OrderingScopes;
  readonly dialog: OrderDialog | null;
  readonly onOpen: (dialog: OrderDialog | null) => void;
}

/** What the user can do with one order at Junction. Nothing for an order that is over. */
export function OrderPanel(props: OrderPanelProps) {
  const { transaction, order, possible, name, scopes, dialog, onOpen } = props;
  const panel = useRef<HTMLElement>(null);
  const inText = name.charAt(0).toLowerCase() + name.slice(1);
  const isRedraw = transaction.redraw?.order_id === order.id;
  return (
    <>
      {possible.any && (
        // Gets the focus when the button that had it is gone.
        <section ref={panel} tabIndex={-1} aria-label={`Manage ${inText}`}>
          <Container
            header={
              <Header variant="h2" actions={<Actions possible={possible} scopes={scopes} onOpen={onOpen} />}>
                Manage {inText}
              </Header>
            }
          >
            <KeyValuePairs
              columns={3}
              minColumnWidth={180}
              items={[
                { label: 'Appointment', value: <AppointmentState possible={possible} /> },
                // The panel of the redraw has that of the redraw order.
                ...(isRedraw
                  ? []
                  : [
                      { label: 'Requisition', value: <Requisition orderId={order.id} possible={possible} /> },
                    ]),
              ]}
            />
          </Container>
        </section>
      )}
      <OrderDialogs
        transaction={transaction}
        order={order}
        possible={possible}
        isRedraw={isRedraw}
        dialog={dialog}
        onOpen={onOpen}
        name={inText}
        panel={panel}
      />
    </>
  );
}

interface ActionsProps {
  readonly possible: PossibleActions;
  readonly scopes: OrderingScopes;
  readonly onOpen: (dialog: OrderDialog) => void;
}

function Actions({ possible, scopes, onOpen }: ActionsProps): ReactNode {
  const { appointment, notBookable, notCancellable } = possible;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {scopes.appointments && appointment === null && notBookable === null && (
        <Button onClick={() => onOpen('book')}>Book appointment</Button>
      )}
      {scopes.appointments && appointment !== null && appointment.can_reschedule !== false && (
        <Button onClick={() => onOpen('reschedule')}>Reschedule</Button>
      )}
      {scopes.appointments && appointment !== null && (
        <Button onClick={() => onOpen('cancel_appointment')}>Cancel appointment</Button>
      )}
      {scopes.portalLinks && <Button onClick={() => onOpen('portal_link')}>Copy portal link</Button>}
      {scopes.orders && notCancellable === null && (
        <Button onClick={() => onOpen('cancel_order')}>Cancel order</Button>
      )}
    </SpaceBetween>
  );
}

function Requisition({ orderId, possible }: { orderId: string; possible: PossibleActions }) {
  return possible.notBookable === 'awaiting_requisition' ? (
    'Not ready yet'
  ) : (
    <RequisitionButton orderId={orderId} />
  );
}

function AppointmentState({ possible }: { possible: PossibleActions }) {
  if (possible.appointment) return <AppointmentTime appointment={possible.appointment} />;
  const why = notBookableText(possible);
  return (
    <>
      <div>None</div>
      {why && <Box variant="small">{why}</Box>}
    </>
  );
}
