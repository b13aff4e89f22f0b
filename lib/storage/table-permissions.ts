import {
  CHANGED_PARTS,
  type IndexName,
  ITEM_KINDS,
  type ItemKind,
  KINDS_OF_SERVICE,
} from '../../core/store/table-layout.ts';

const readActions = ['GetItem', 'BatchGetItem', 'ConditionCheckItem', 'Query'] as const;
const writeActions = ['PutItem', 'UpdateItem'] as const;

/** Whether an action changes an item. */
export const isWrite = (action: ItemAction) => (writeActions as readonly string[]).includes(action);

export type ItemAction = (typeof readActions)[number] | (typeof writeActions)[number];

/** A function that writes what readers see marks its changes, as ChangeMarks does. */
export function withMarks(items: TablePermissions['items']): TablePermissions['items'] {
  const marks = Object.entries(items).some(
    ([kind, actions]) => CHANGED_PARTS[kind as ItemKind] !== null && actions.some(isWrite),
  );
  return marks ? { ...items, HEARTBEAT: [...(items.HEARTBEAT ?? []), 'UpdateItem'] } : items;
}

/** The actions that a transaction can have. */
const transactionActions = [...writeActions, 'ConditionCheckItem'] as const;

/** What a function may do in the table. */
export interface TablePermissions {
  /** The actions on each kind of items. */
  readonly items: Readonly<Partial<Record<ItemKind, readonly ItemAction[]>>>;
  /** The indexes to list ids from. Reading the items needs an action on them as well. */
  readonly lists?: readonly IndexName[];
}

const updateOnly = ['UpdateItem'] as const;

/** A recomputed transaction is written on its condition, or in one request with checks on other transactions and its orders. */
const recompute = {
  TX: ['GetItem', 'PutItem', 'ConditionCheckItem'],
  ORDER: updateOnly,
} as const;

/** Junction's answer is joined like a webhook, and the transaction is recomputed at once. */
const reconcile = { ...recompute, ORDER: ['GetItem', 'UpdateItem'] } as const;

/**
 * What each function may do in the table; the others have no access to items. None may delete an item, or
 * replace an order. Within a request of several items, the latter holds if IAM judges each item alone: see OrdersTable.
 */
export const tablePermissions: Readonly<Record<string, TablePermissions>> = {
  webhook: {
    items: {
      ORDER: updateOnly,
      MATCH_REVIEW: updateOnly,
      // A delivery that Junction gave up requests a pass over its list of orders.
      MARK: updateOnly,
      // Fields that cannot be read are counted.
      NOTICE: updateOnly,
    },
  },
  recompute: { items: recompute },
  // What was published is added to the counters and insights.
  // Since when the service watches is in a mark.
  publish: { items: { COUNTERS: updateOnly, INSIGHTS: updateOnly, MARK: ['GetItem'] } },
  redrive: {
    items: {
      ...reconcile,
      // The open critical results are counted by their orders.
      ORDER: ['GetItem', 'BatchGetItem', 'UpdateItem'],
      // How many subscriptions the topics of alarms had.
      MARK: ['GetItem', 'PutItem'],
    },
    lists: ['by_status'],
  },
  reconcile: {
    items: {
      ...reconcile,
      // A discard appends to the history of the transaction, and takes a match review off its list.
      NOTE: ['PutItem'],
      MATCH_REVIEW: ['GetItem', 'UpdateItem'],
    },
  },
  // Junction's answer is joined like a webhook, and the stream recomputes the transaction.
  import: { items: { ORDER: ['GetItem', 'UpdateItem'], MARK: ['GetItem', 'PutItem'] } },
  // It scans the items. An order is shown with its transaction and the match reviews about it.
  export: { items: { TX: ['GetItem'], MATCH_REVIEW: ['BatchGetItem'] }, lists: ['by_user'] },
  // An item is created, and not if there is one. What the service keeps of its own work is written over.
  load: {
    items: {
      ...Object.fromEntries(ITEM_KINDS.map((kind) => [kind, updateOnly])),
      ...Object.fromEntries(KINDS_OF_SERVICE.map((kind) => [kind, ['PutItem']])),
      MARK: ['GetItem', 'PutItem'],
    },
  },
  sweep: {
    items: {
      ...reconcile,
      // What was there before the service watched is counted once.
      TX: [...recompute.TX, 'BatchGetItem'],
      ORDER: ['GetItem', 'BatchGetItem', 'UpdateItem'],
      // The positions in Junction's list of changed orders, among the redraws that wait for a draw, and of changed clocks.
      MARK: ['GetItem', 'PutItem'],
      // The routes that Junction does not offer, and the fields that cannot be read.
      NOTICE: ['GetItem', 'UpdateItem'],
      // What Junction's list of unmatched results says is joined.
      MATCH_REVIEW: ['BatchGetItem', 'UpdateItem'],
    },
    lists: ['open_redraws', 'checks', 'by_status'],
  },
  review: {
    // Critical results and match reviews are counted by their items, and by the team of their transactions.
    items: {
      TX: ['GetItem', 'BatchGetItem'],
      ORDER: ['BatchGetItem'],
      MATCH_REVIEW: ['BatchGetItem'],
    },
    lists: ['open_redraws', 'by_status'],
  },
  'owner-mails': {
    items: {
      TX: ['GetItem', 'BatchGetItem'],
      // The open critical results are listed by their orders.
      ORDER: ['BatchGetItem'],
      // A mark per day and owner keeps a second run from sending again.
      OWNER_MAIL: ['PutItem'],
    },
    lists: ['by_status', 'open_redraws'],
  },
  query: {
    items: {
      // An acknowledgement is stored on the transaction.
      // The search finds orders and transactions by the beginning of their ids.
      TX: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'],
      COUNTERS: ['GetItem'],
      INSIGHTS: ['Query'],
      // A registration is stored on the order, even before Junction reports the order.
      // So is the acknowledgement of a critical result.
      ORDER: ['GetItem', 'BatchGetItem', 'Query', 'UpdateItem'],
      MATCH_REVIEW: ['GetItem', 'BatchGetItem'],
      HEARTBEAT: ['GetItem'],
      NOTICE: ['GetItem'],
      // Notes are appended; no function changes or deletes one.
      NOTE: ['GetItem', 'Query', 'PutItem'],
      VIEWS: ['GetItem', 'PutItem'],
    },
    lists: ['by_status', 'by_user', 'by_client_user', 'by_results', 'open_redraws'],
  },
  results: { items: { TX: ['GetItem'], ORDER: ['GetItem'] } },
  quarantine: {
    items: {
      // A replay writes what a webhook writes.
      ORDER: updateOnly,
      MATCH_REVIEW: updateOnly,
      MARK: updateOnly,
    },
  },
  rebuild: {
    items: {
      ...reconcile,
      // All transactions are counted at the end.
      TX: [...recompute.TX, 'BatchGetItem'],
      COUNTERS: ['GetItem', 'UpdateItem'],
      INSIGHTS: ['Query', 'UpdateItem'],
      // The history and the messages of a lost transaction say who owned it and what the patient was told.
      // Damaged items of these kinds are named.
      NOTE: ['Query', 'BatchGetItem'],
      MESSAGE: ['Query', 'BatchGetItem'],
      MATCH_REVIEW: ['BatchGetItem'],
      PATIENT: ['BatchGetItem'],
      // After a restore, it switches the messages off.
      MARK: ['GetItem', 'PutItem'],
    },
  },
  ordering: {
    items: {
      ...reconcile,
      // Whether a patient has another appointment is looked up in the patient's transactions.
      TX: [...recompute.TX, 'BatchGetItem'],
      PLACEMENT: ['GetItem', 'PutItem'],
      BOOKING: ['GetItem', 'PutItem'],
    },
    lists: ['by_user'],
  },
  messages: {
    items: {
      ...reconcile,
      MESSAGE: ['GetItem', 'Query', 'PutItem'],
      // The daily count is updated in the write that releases a message for sending.
      PATIENT: ['GetItem', 'PutItem'],
      SENT_SMS: ['PutItem'],
      NOTICE: ['GetItem', 'UpdateItem'],
      // After a restore, messages are off until the mark says otherwise.
      MARK: ['GetItem'],
    },
    lists: ['checks'],
  },
  'message-requests': {
    items: {
      // A message is planned on condition that its transaction has not changed.
      TX: ['GetItem', 'BatchGetItem', 'ConditionCheckItem'],
      // A message about a visit holds the appointment.
      ORDER: ['GetItem'],
      MESSAGE: ['Query', 'PutItem'],
      PATIENT: ['GetItem', 'PutItem'],
    },
    lists: ['by_user'],
  },
  'message-outcomes': {
    items: {
      TX: ['GetItem', 'PutItem'],
      MESSAGE: ['GetItem', 'Query', 'PutItem'],
      PATIENT: ['GetItem', 'PutItem'],
      // A reply names the SMS by the provider's id.
      SENT_SMS: ['GetItem', 'PutItem'],
    },
  },
};

/** An action on items of a kind. */
export interface KindAction {
  readonly action: (typeof transactionActions)[number];
  readonly kind: ItemKind;
}

/**
 * What a transaction of a function can consist of: every action with which it writes or checks items, on every kind of them. Empty
 * for a function with one such action, which sends none. Marks and the heartbeat are written alone, but IAM may judge by all keys
 * that the role can write.
 */
export function transactionOf({ items }: TablePermissions): KindAction[] {
  const granted = withMarks(items);
  const found = transactionActions.flatMap((action) =>
    (Object.keys(granted) as ItemKind[])
      .filter((kind) => granted[kind]?.includes(action))
      .map((kind) => ({ action, kind })),
  );
  return new Set(found.map(({ action }) => action)).size > 1 ? found : [];
}

/** Two actions in grants of their own, on items that never exist. The function that has them can try how IAM judges both at once. */
export const APART = { PutItem: 'PROBE#put', UpdateItem: 'PROBE#update' } as const;
