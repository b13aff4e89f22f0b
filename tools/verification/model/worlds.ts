/** The worlds: together they contain everything that can meet in one transaction. */
import {
  available,
  ordered,
  partial,
  redrawOrdered,
  redrawRequisition,
  requisition,
} from '../convergence/journeys/journey-parts.ts';
import { event, listed, march, orderId, transaction, walkIn } from '../oracle/bodies.ts';
import type { Json } from '../oracle/reading/spelling.ts';
import type { Faults } from './state.ts';
import {
  acknowledgement,
  listing,
  rebuilding,
  reconciliation,
  registration,
  webhook,
  withdrawal,
} from './tasks.ts';
import type { Task, WorldPlan } from './world-plan.ts';

export type Size = 'small' | 'medium' | 'large';

const NO_FAULTS: Faults = { losses: 0, lostAnswers: 0, repeats: 0, drops: 0 };

const INITIAL = [ordered, requisition, partial, available];
const REDRAW = [
  redrawOrdered,
  redrawRequisition,
  event(13, 'appointment_scheduled', march(9)),
  event(14, 'completed', march(12)),
];

const lowOf = (one: Json | undefined) => String(one?.status).split('.').at(-1) ?? null;
const listedInitial = (n: number) => listed(1, lowOf(INITIAL[n - 1]), String(INITIAL[n - 1]?.created_at));
const listedRedraw = (n: number) =>
  listed(2, lowOf(REDRAW[n - 1]), String(REDRAW[n - 1]?.created_at), {
    origin: 'redraw',
    parent_id: orderId(1),
  });

type Belonging = (status: string, entries: Json[]) => Json;
const within: Belonging = (status, entries) => ({ order_transaction: transaction(1, status, entries) });
const alone: Belonging = () => ({ order_transaction: null });

/** The initial order after its first `n` events. */
function initial(n: number, belongs: Belonging = within): Json {
  return walkIn(1, INITIAL.slice(0, n), {
    ...belongs('active', [listedInitial(n), ...(n === 4 ? [listedRedraw(1)] : [])]),
    has_missing_results: n > 2 ? true : null,
  });
}

/** The redraw order after its first `n` events. */
function redraw(n: number, belongs: Belonging = within): Json {
  return walkIn(2, REDRAW.slice(0, n), {
    origin: 'redraw',
    parent_id: orderId(1),
    created_at: march(7),
    ...belongs(n === 4 ? 'completed' : 'active', [listedInitial(4), listedRedraw(n)]),
    has_missing_results: n === 4 ? false : null,
  });
}

function initialWebhook(n: number, belongs?: Belonging): Task {
  return webhook(
    `initial ${lowOf(INITIAL[n - 1])}${belongs === alone ? ', unclaimed' : ''}`,
    initial(n, belongs),
  );
}

function redrawWebhook(n: number, belongs?: Belonging): Task {
  return webhook(
    `redraw ${lowOf(REDRAW[n - 1])}${belongs === alone ? ', unclaimed' : ''}`,
    redraw(n, belongs),
  );
}

const cancelled = walkIn(1, [INITIAL[0] ?? {}, event(5, 'cancelled', march(3))], {
  ...within('cancelled', [listed(1, 'cancelled', march(3))]),
});
const recreated = (events: Json[], low: string, at: string, status = 'active') =>
  walkIn(3, events, {
    origin: 'recreation',
    parent_id: orderId(1),
    created_at: march(4),
    ...within(status, [
      listed(1, 'cancelled', march(3)),
      listed(3, low, at, { origin: 'recreation', parent_id: orderId(1) }),
    ]),
  });
const recreation = [event(21, 'ordered', march(4)), event(22, 'completed', march(9))];

/** An order that first names one transaction and then another, which according to Junction never happens. */
const conflicted = (n: number, of: number) =>
  walkIn(1, INITIAL.slice(0, n), {
    order_transaction: transaction(of, 'active', [listedInitial(n)]),
  });

const ofAnna: Belonging = (status, entries) => ({ ...within(status, entries), user_id: 'anna' });
const ofBert: Belonging = (status, entries) => ({ ...within(status, entries), user_id: 'bert' });

/** An order of another patient in another transaction, whose list contains the initial order. */
const listingInitial = () =>
  webhook(
    'list with an order of another patient',
    walkIn(3, [event(31, 'ordered', march(3))], {
      user_id: 'bert',
      order_transaction: transaction(0, 'active', [listedInitial(1)]),
    }),
  );
const berts = (low: string, of: number) =>
  webhook(
    `${low}, of another patient`,
    walkIn(3, [event(31, low, march(3))], {
      user_id: 'bert',
      order_transaction: transaction(of, 'active', []),
    }),
  );

const cancelledInitial = () => webhook('initial cancelled', cancelled);
const recreatedOrdered = () =>
  webhook('recreation ordered', recreated(recreation.slice(0, 1), 'ordered', march(4)));
const recreatedCompleted = () =>
  webhook('recreation completed', recreated(recreation, 'completed', march(9), 'completed'));

const inSecond = () => webhook('ordered, in the second transaction', conflicted(1, 2));
const inFirst = () => webhook('requisition, in the first transaction', conflicted(2, 1));
const inSecondAgain = () => webhook('partial, in the second transaction', conflicted(3, 2));

const redrawn = (one: readonly number[], other: readonly number[]) => [
  ...one.map((n) => initialWebhook(n)),
  ...other.map((n) => redrawWebhook(n)),
];
const reconciled = () => reconciliation([initial(4), redraw(1)]);

/** The tasks of a world: its name, the number of orders, and what there is to do. */
type Story = readonly [name: string, orders: number, tasks: readonly Task[]];

/** Few snapshots, so that several faults can occur. */
const SHORT: readonly Story[] = [
  ['an order that is adopted', 2, [initialWebhook(1, alone), initialWebhook(4), redrawWebhook(1, alone)]],
  ['a recreation', 3, [cancelledInitial(), recreatedOrdered(), recreatedCompleted()]],
  ['a registration', 2, [initialWebhook(4, alone), redrawWebhook(1, alone), registration(1, 1)]],
  ['a reconciliation', 2, [initialWebhook(1), reconciliation([initial(4)])]],
  ['there and back', 1, [inSecond(), inFirst(), inSecondAgain()]],
];

/** Even fewer snapshots, so that more can run at the same time. */
const WIDE: readonly Story[] = [
  ['a redraw', 2, redrawn([1, 4], [1])],
  ['an acknowledgement', 2, [initialWebhook(4), redrawWebhook(1), acknowledgement()]],
  ['a withdrawn acknowledgement', 2, [initialWebhook(4), acknowledgement(), withdrawal()]],
  ['a poll of the changed orders', 2, [initialWebhook(1), listing([initial(4), redraw(1)])]],
];

/** Wrong facts, and right ones that follow. The wrong transaction has the lesser id. */
const WRONG: readonly Story[] = [
  ['a wrong registration', 1, [registration(1, 0), initialWebhook(1), registration(1, 1)]],
  ['a wrong list', 3, [initialWebhook(1, alone), listingInitial(), initialWebhook(2)]],
  ['two patients', 2, [initialWebhook(1, ofAnna), redrawWebhook(1, ofBert), redrawWebhook(2, ofAnna)]],
  [
    'the first patient was wrong',
    2,
    [initialWebhook(1, ofBert), redrawWebhook(1, ofAnna), initialWebhook(2, ofAnna)],
  ],
];

/** The same beside the other patient, who has an order. */
const STRANGERS: readonly Story[] = [
  [
    "a registration in another patient's transaction",
    3,
    [registration(1, 0), initialWebhook(1), berts('ordered', 0), registration(1, 1)],
  ],
];

const REBUILDS: readonly Story[] = [
  ['a rebuild', 2, [initialWebhook(1), initialWebhook(4), rebuilding(1)]],
  ['a rebuild of the rest', 1, [inSecond(), inFirst(), rebuilding(2)]],
];

const LONG: readonly Story[] = [
  ['a long redraw', 2, redrawn([1, 4], [1, 4])],
  ['a long recreation', 3, [initialWebhook(1), cancelledInitial(), recreatedOrdered(), recreatedCompleted()]],
  [
    'two registrations',
    2,
    [
      initialWebhook(1, alone),
      initialWebhook(4, alone),
      redrawWebhook(1, alone),
      registration(1, 1),
      registration(2, 1),
    ],
  ],
  ['a long reconciliation', 2, [initialWebhook(1), redrawWebhook(1), reconciled()]],
  ['a long acknowledgement', 2, [...redrawn([1, 4], [1]), acknowledgement()]],
];

const FULL: readonly Story[] = [['four snapshots of each', 2, redrawn([1, 2, 3, 4], [1, 2, 3, 4])]];

const MIXED: readonly Story[] = [
  [
    'reconciliation, registration and acknowledgement',
    2,
    [initialWebhook(4, alone), redrawWebhook(1), registration(1, 1), reconciled(), acknowledgement()],
  ],
];

const GIVEN_UP: Faults = { ...NO_FAULTS, losses: 1 };
const ANSWER_LOST: Faults = { ...NO_FAULTS, lostAnswers: 1 };
const REPEATED: Faults = { ...NO_FAULTS, repeats: 1 };
const DROPPED: Faults = { ...NO_FAULTS, drops: 1 };
const EACH = [GIVEN_UP, ANSWER_LOST, REPEATED, DROPPED];
const ALL: Faults = { losses: 1, lostAnswers: 1, repeats: 1, drops: 1 };

/** Every world of a size. A larger size includes everything that can happen in the smaller ones. */
export function worlds(size: Size): WorldPlan[] {
  const small = [
    ...plans([...SHORT, ...WRONG], EACH),
    ...plans(WIDE, [ANSWER_LOST, REPEATED]),
    ...plans(STRANGERS, [NO_FAULTS]),
    ...plans(REBUILDS, [NO_FAULTS]),
  ];
  if (size === 'small') return small;
  const medium = [
    ...plans([...SHORT, ...WRONG, ...WIDE, ...STRANGERS, ...REBUILDS], EACH),
    ...plans([...SHORT, ...WIDE, ...LONG.slice(0, 2)], [ALL]),
    ...plans(LONG.slice(0, 2), EACH),
    ...plans(LONG.slice(2), [ANSWER_LOST, REPEATED]),
    ...plans(FULL, [NO_FAULTS, ANSWER_LOST, REPEATED]),
  ];
  if (size === 'medium') return medium;
  return [
    ...medium,
    ...plans(LONG.slice(2), [GIVEN_UP, DROPPED]),
    ...plans(FULL, [GIVEN_UP]),
    ...plans(MIXED, [NO_FAULTS]),
  ];
}

function plans(stories: readonly Story[], faults: readonly Faults[]): WorldPlan[] {
  return stories.flatMap(([name, orders, tasks]) =>
    faults.map((some) => ({
      name: [name, ...faultNames(some)].join(', '),
      orders: Array.from({ length: orders }, (_, index) => orderId(index + 1)),
      tasks,
      faults: some,
    })),
  );
}

function faultNames({ losses, lostAnswers, repeats, drops }: Faults): string[] {
  return [
    ...(losses > 0 ? ['an interrupted invocation'] : []),
    ...(lostAnswers > 0 ? ['a lost answer'] : []),
    ...(repeats > 0 ? ['a repeated webhook'] : []),
    ...(drops > 0 ? ['a discarded record'] : []),
  ];
}
