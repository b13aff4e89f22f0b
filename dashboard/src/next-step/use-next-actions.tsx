import { type ReactNode, useState } from 'react';
import { SendDialog } from '../../../capabilities/messages/page/send-dialog.tsx';
import { useSeesMessages } from '../../../capabilities/messages/page/use-messages.ts';
import { useSendableTemplates } from '../../../capabilities/messages/page/use-sendable-templates.ts';
import { useNotify } from '../alerts/notifications.tsx';
import type { NextStep, Order, Transaction } from '../api/answers.ts';
import { useOrderRecords } from '../api/use-order-records.ts';
import { DiscardDialog } from '../components/discard-dialog.tsx';
import { About } from '../handling/about.tsx';
import { type OrderDialog, OrderDialogs } from '../ordering/order-dialogs.tsx';
import { possibleActions } from '../ordering/possible-actions.ts';
import { useOrderingScopes } from '../ordering/use-ordering-scopes.ts';
import { useAcknowledgementActions } from '../redraw/acknowledgement/use-acknowledgement-actions.tsx';
import { acknowledgementOf, hasDecision, hasOpenRedraw, hasRedraw } from '../redraw/open-redraw.ts';
import { openResults } from '../results/opened-results.tsx';
import { usePdf } from '../results/pdf-button.tsx';
import { resultSourcesOf } from '../results/result-source.ts';
import { useHasScope } from '../session/session-context.tsx';
import { useNow } from '../time/use-now.ts';
import { questionAboutOrder, questionAboutRedraw, requestForRequisition } from './questions.ts';
import { useReconcile } from './use-reconcile.ts';

/** Something that a person can do now. */
export interface NextAction {
  readonly id: string;
  readonly text: string;
  readonly run: () => void;
  readonly loading?: boolean;
}

interface NextActions {
  /** The most useful first, and what cannot be taken back last. */
  readonly actions: readonly NextAction[];
  /** The dialogs. They stay after the step that opened them has ended, so that nothing typed is lost. */
  readonly dialogs: ReactNode;
}

type Asked = NextStep['actions'][number];

/** What follows when nothing asks for it. */
const REST: readonly Asked[] = [
  'call_patient',
  'record_decision',
  'open_results',
  'open_requisition',
  'send_message',
  'book_appointment',
  'reschedule_appointment',
  'ask_lab',
  'ask_junction',
];

/** What the reader may do about a transaction: what its next step asks for, and then the rest. What the rights, the order or the stage don't allow is left out. */
export function useNextActions(transaction: Transaction, log: () => void): NextActions {
  const step = transaction.next_step;
  const { orders } = useOrderRecords(transaction);
  const order =
    orders.find(({ id }) => id === (step?.order_id ?? transaction.redraw?.order_id)) ?? orders.at(-1) ?? null;
  const ordering = useOrdering(transaction, orders, order);
  const decisions = useAcknowledgementActions();
  const messages = useMessaging(transaction);
  const discard = useDiscarding(transaction.id);
  const asked = useAsked(transaction, order, log, ordering.of);
  const found = new Map<string, NextAction>();
  const add = (actions: readonly NextAction[]) => {
    for (const action of actions) if (!found.has(action.id)) found.set(action.id, action);
  };
  const decide = useDeciding(transaction, decisions);
  const wanted = [...(step?.actions ?? []).filter((one) => one !== 'cancel_order'), ...REST];
  for (const one of wanted)
    add(one === 'record_decision' ? decide : one === 'send_message' ? messages.actions : asked(one));
  add(decide);
  add([...ordering.rest, ...discard.actions, ...ordering.of('cancel_order')]);
  return {
    actions: [...found.values()],
    dialogs: (
      <About transaction={transaction}>
        {ordering.dialog}
        {messages.dialog}
        {discard.dialog}
        {decisions.dialog}
      </About>
    ),
  };
}

/** What asks somebody, opens something or logs a call. */
function useAsked(
  transaction: Transaction,
  order: Order | null,
  log: () => void,
  ofOrder: (asked: Asked) => readonly NextAction[],
) {
  const results = useHasScope('results/read');
  const may = useHasScope('redraws/write');
  const copy = useCopy();
  const reconcile = useReconcile(transaction.id);
  const mayReconcile = useHasScope('transactions/reconcile');
  const notify = useNotify();
  const requisition = usePdf({
    path: `/v1/orders/${encodeURIComponent(order?.id ?? '')}/requisition.pdf`,
    name: `the requisition of order ${order?.id.slice(0, 8)}`,
    notify,
  });
  const action = (id: string, text: string, run: () => void, loading = false): NextAction[] => [
    { id, text, run, loading },
  ];
  const openRequisition = () => {
    if (!order || !hasRequisition(order, transaction)) return [];
    if (results) return action('open_requisition', 'Open requisition', requisition.open, requisition.loading);
    const request = requestForRequisition(order.id, transaction.id, location.origin);
    return action('open_requisition', 'Copy request for requisition', () => copy(request));
  };
  const openResult = () => (results ? resultActions(transaction) : []);
  const question = () => (order ? questionAboutOrder(order) : questionAboutRedraw(transaction));
  const known: Partial<Record<Asked, () => readonly NextAction[]>> = {
    ask_junction: () =>
      mayReconcile
        ? action('ask_junction', 'Check with Junction', () => reconcile.mutate(), reconcile.isPending)
        : [],
    open_results: openResult,
    acknowledge_critical_result: openResult,
    open_requisition: openRequisition,
    ask_lab: () => action('ask_lab', 'Copy question', () => copy(question())),
    call_patient: () => (may ? action('call_patient', 'Log a contact', log) : []),
  };
  return (asked: Asked) => known[asked]?.() ?? ofOrder(asked);
}

/** An order has a requisition once it could be booked. */
function hasRequisition(order: Order, transaction: Transaction): boolean {
  const { kind, notBookable } = possibleActions(order, transaction, Date.now());
  return kind !== null && notBookable !== 'awaiting_requisition' && notBookable !== 'over';
}

function resultActions(transaction: Transaction): readonly NextAction[] {
  const sources = resultSourcesOf(transaction).filter(({ reportedAt }) => reportedAt !== null);
  return sources.map((source) => ({
    id: source.path,
    text: sources.length > 1 ? `Open results: ${source.label.toLowerCase()}` : 'Open results',
    run: () => openResults([source]),
  }));
}

function useCopy() {
  const notify = useNotify();
  return (text: string) =>
    void navigator.clipboard.writeText(text).then(
      () => notify({ type: 'success', header: 'Copied. It names the order, not the patient.' }),
      () => notify({ type: 'error', header: 'Couldn’t copy', text }),
    );
}

/** Acknowledging and releasing a redraw, or recording and withdrawing a decision. */
function useDeciding(
  transaction: Transaction,
  { acknowledge, release }: ReturnType<typeof useAcknowledgementActions>,
): readonly NextAction[] {
  const may = useHasScope('redraws/write');
  if (!may || !(hasOpenRedraw(transaction) || hasDecision(transaction))) return [];
  const decides = hasDecision(transaction);
  if (acknowledgementOf(transaction) !== null) {
    const text = decides ? 'Withdraw decision' : 'Release acknowledgement';
    return [{ id: 'release', text, run: () => release(transaction) }];
  }
  const text = decides ? 'Record decision' : 'Acknowledge';
  return [{ id: decides ? 'record_decision' : 'acknowledge', text, run: () => acknowledge(transaction) }];
}

const ORDER_ACTIONS = {
  book_appointment: { dialog: 'book', text: 'Book appointment' },
  reschedule_appointment: { dialog: 'reschedule', text: 'Reschedule appointment' },
  cancel_order: { dialog: 'cancel_order', text: 'Cancel order' },
} as const;

/** What can be done at Junction. Nothing where ordering is off. */
function useOrdering(transaction: Transaction, orders: readonly Order[], current: Order | null) {
  const scopes = useOrderingScopes();
  const now = useNow();
  const [open, setOpen] = useState<{ readonly orderId: string; readonly dialog: OrderDialog } | null>(null);
  const possible = current && possibleActions(current, transaction, now);
  const action = (id: string, text: string, dialog: OrderDialog): NextAction[] =>
    current ? [{ id, text, run: () => setOpen({ orderId: current.id, dialog }) }] : [];
  const can = {
    book_appointment: scopes.appointments && possible?.notBookable === null && possible.appointment === null,
    reschedule_appointment:
      scopes.appointments && possible?.appointment != null && possible.appointment.can_reschedule !== false,
    cancel_order: scopes.orders && possible !== null && possible.notCancellable === null,
  };
  const opened = orders.find(({ id }) => id === open?.orderId);
  const isRedraw = transaction.redraw?.order_id === opened?.id;
  return {
    of: (asked: Asked) => {
      if (!(asked in ORDER_ACTIONS)) return [];
      const known = asked as keyof typeof ORDER_ACTIONS;
      const { dialog, text } = ORDER_ACTIONS[known];
      return can[known] ? action(known, text, dialog) : [];
    },
    rest: [
      ...(scopes.appointments && possible?.appointment
        ? action('cancel_appointment', 'Cancel appointment', 'cancel_appointment')
        : []),
      ...(scopes.portalLinks && possible?.any
        ? action('portal_link', 'Copy portal link', 'portal_link')
        : []),
    ],
    dialog: opened && (
      <OrderDialogs
        transaction={transaction}
        order={opened}
        name={isRedraw ? 'redraw order' : 'order'}
        isRedraw={isRedraw}
        possible={possibleActions(opened, transaction, now)}
        dialog={open?.dialog ?? null}
        onOpen={(dialog) => setOpen(dialog && { orderId: opened.id, dialog })}
      />
    ),
  };
}

function useMessaging(transaction: Transaction) {
  const [sending, setSending] = useState(false);
  const templates = useSendableTemplates(transaction);
  const sees = useSeesMessages();
  const may = useHasScope('messages/write') && sees && templates.length > 0 && transaction.user_id !== null;
  return {
    actions: may ? [{ id: 'send_message', text: 'Send a message', run: () => setSending(true) }] : [],
    dialog: sending && hasRedraw(transaction) && (
      <SendDialog transaction={transaction} onDismiss={() => setSending(false)} />
    ),
  };
}

/** For what Junction doesn't know. */
function useDiscarding(id: string) {
  const [asks, setAsks] = useState(false);
  const may = useHasScope('maintain/write');
  return {
    actions: may ? [{ id: 'discard', text: 'Discard', run: () => setAsks(true) }] : [],
    dialog: asks && <DiscardDialog of="transactions" id={id} onDismiss={() => setAsks(false)} />,
  };
}
