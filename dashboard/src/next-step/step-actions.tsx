import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useSeesMessages } from '../../../capabilities/messages/page/use-messages.ts';
import { useSendableTemplates } from '../../../capabilities/messages/page/use-sendable-templates.ts';
import type { NextStep, Order, Transaction } from '../api/answers.ts';
import { possibleActions } from '../ordering/possible-actions.ts';
import { useOrderingScopes } from '../ordering/use-ordering-scopes.ts';
import { hasRedraw } from '../redraw/open-redraw.ts';
import { resultSourcesOf } from '../results/result-source.ts';
import { ResultsButtons } from '../results/results-buttons.tsx';
import { useHasScope } from '../session/session-context.tsx';
import { useNow } from '../time/use-now.ts';
import { questionAboutOrder, questionAboutRedraw, requestForRequisition } from './questions.ts';
import { ReconcileButton } from './reconcile-button.tsx';
import { RequisitionButton } from './requisition-button.tsx';
import type { StepDialogs } from './step-dialogs.tsx';

interface StepActionsProps {
  readonly step: NextStep;
  readonly transaction: Transaction;
  /** The order of the step; null while it is not loaded, and if there is none. */
  readonly order: Order | null;
  readonly dialogs: StepDialogs;
}

/** What the user may do next, the most useful first. What the stage, the order or the scopes don't allow is left out. */
export function StepActions({ step, ...props }: StepActionsProps) {
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {step.actions.map((action) => (
        <StepAction key={action} action={action} {...props} />
      ))}
    </SpaceBetween>
  );
}

type StepActionProps = Omit<StepActionsProps, 'step'> & { readonly action: NextStep['actions'][number] };

function StepAction({ action, transaction, order, dialogs }: StepActionProps): ReactNode {
  switch (action) {
    case 'ask_junction':
      return <ReconcileButton id={transaction.id} />;
    case 'record_decision':
      return <RecordDecision onOpen={dialogs.recordDecision} />;
    case 'open_results':
      return <ResultsButtons sources={resultSourcesOf(transaction)} />;
    case 'open_requisition':
      return order && <Requisition orderId={order.id} transactionId={transaction.id} />;
    case 'send_message':
      return <SendMessage transaction={transaction} onOpen={dialogs.sendMessage} />;
    case 'book_appointment':
    case 'reschedule_appointment':
    case 'cancel_order':
      return (
        order && (
          <OrderAction action={action} transaction={transaction} order={order} manage={dialogs.manage} />
        )
      );
    case 'ask_lab':
      return <CopyQuestion text={order ? questionAboutOrder(order) : questionAboutRedraw(transaction)} />;
    case 'call_patient':
      return <LogCall onOpen={dialogs.logContact} />;
    // The alert above the panel has the button to acknowledge.
    case 'acknowledge_critical_result':
      return null;
  }
}

function RecordDecision({ onOpen }: { onOpen: () => void }) {
  return useHasScope('redraws/write') && <Button onClick={onOpen}>Record decision</Button>;
}

/** People call by phone, and log the result here. */
function LogCall({ onOpen }: { onOpen: () => void }) {
  return useHasScope('redraws/write') && <Button onClick={onOpen}>Log a call</Button>;
}

interface RequisitionProps {
  readonly orderId: string;
  readonly transactionId: string;
}

/** Who may not open the requisition can ask somebody who may. */
function Requisition({ orderId, transactionId }: RequisitionProps) {
  if (!useHasScope('results/read')) {
    return (
      <span className="for-requisition screen-only">
        <span className="aside">A clinician can open the requisition</span>
        <CopyText
          button="Copy request to a clinician"
          text={requestForRequisition(orderId, transactionId, location.origin)}
        />
      </span>
    );
  }
  return (
    <span className="open-results screen-only">
      <span className="aside">Requisition</span>
      <RequisitionButton orderId={orderId} />
    </span>
  );
}

function SendMessage({ transaction, onOpen }: { transaction: Transaction; onOpen: () => void }) {
  const templates = useSendableTemplates(transaction);
  const sees = useSeesMessages();
  const may = useHasScope('messages/write');
  if (!sees || !may || !hasRedraw(transaction) || transaction.user_id === null) return null;
  if (templates.length === 0) return null;
  return <Button onClick={onOpen}>Send a message</Button>;
}

const ORDER_ACTIONS = {
  book_appointment: { dialog: 'book', text: 'Book appointment' },
  reschedule_appointment: { dialog: 'reschedule', text: 'Reschedule appointment' },
  cancel_order: { dialog: 'cancel_order', text: 'Cancel order' },
} as const;

interface OrderActionProps {
  readonly action: keyof typeof ORDER_ACTIONS;
  readonly transaction: Transaction;
  readonly order: Order;
  readonly manage: StepDialogs['manage'];
}

function OrderAction({ action, transaction, order, manage }: OrderActionProps) {
  const { appointments, orders } = useOrderingScopes();
  const { notBookable, appointment, notCancellable } = possibleActions(order, transaction, useNow());
  const can = {
    book_appointment: appointments && notBookable === null && appointment === null,
    reschedule_appointment: appointments && appointment !== null,
    cancel_order: orders && notCancellable === null,
  };
  const { dialog, text } = ORDER_ACTIONS[action];
  return can[action] && <Button onClick={() => manage(order, dialog)}>{text}</Button>;
}

/** For the lab or for Junction's support, as the sentence says. */
function CopyQuestion({ text }: { text: string }) {
  return <CopyText button="Copy question" text={text} />;
}

function CopyText({ button, text }: { button: string; text: string }) {
  return (
    <CopyToClipboard
      copyButtonText={button}
      copySuccessText="Copied. It names the order, not the patient."
      copyErrorText="Couldn’t copy"
      textToCopy={text}
    />
  );
}
