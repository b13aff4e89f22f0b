/** The worlds that are tried: together they hold everything that can meet in one transaction. */
import { parseInstant } from '../../functions/domain/instant.ts';
import { heal } from '../../functions/healing/heal.ts';
import { receive } from '../../functions/intake/receive.ts';
import type { JunctionApi } from '../../functions/junction/api.ts';
import { digest } from '../../functions/junction/digest.ts';
import { orderFacts, orderPayload } from '../../functions/junction/order-payload.ts';
import { rebuildTransaction } from '../../functions/projection/rebuild.ts';
import { acknowledge } from '../../functions/query/acknowledge.ts';
import { register } from '../../functions/query/register.ts';
import type { Table } from '../../functions/store/table.ts';
import { readTransaction } from '../../functions/store/transactions.ts';
import { CLOCKS } from '../convergence/product.ts';
import {
  delivered,
  event,
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../oracle/bodies.ts';
import type { Json } from '../oracle/spelling.ts';
import type { Faults, Task, WorldPlan } from './world.ts';

export type Size = 'small' | 'medium' | 'large';

const NOW = new Date('2026-06-01T00:00:00Z');
const NO_FAULTS: Faults = { losses: 0, lostAnswers: 0, repeats: 0 };

const projectionOn = (table: Table) => ({ table, clocks: CLOCKS, pause: async () => undefined });

function webhook(name: string, order: Json): Task {
  const delivery = delivered(order, NOW.toISOString());
  const body = Buffer.from(delivery.body);
  return {
    name: `webhook "${name}"`,
    delivery,
    repeats: true,
    program: (table) => receive({ table, quarantineRetentionDays: 90 }, body, NOW),
  };
}

function registration(order: number, of: number): Task {
  const registering = { transactionId: transactionId(of), userId: null, clientUserId: null };
  return {
    name: `registration of order ${order}`,
    repeats: false,
    program: async (table) => {
      try {
        return await register(projectionOn(table), orderId(order), registering, NOW);
      } catch (error) {
        // What contradicts Junction is refused: an answer, no fault.
        if ((error as { status?: number }).status === 409) return null;
        throw error;
      }
    },
  };
}

/** A sweep that asks Junction about transaction 1, whose orders Junction has in these states. */
function healing(orders: readonly Json[]): Task {
  const now = parseInstant(NOW.toISOString()) ?? '';
  const nobody = { user_id: null, client_user_id: null, team_id: null };
  const facts = orders.map((order) => orderFacts(orderPayload.parse(order), nobody, now, digest));
  const api = {
    order: async (id: string) => facts.find((one) => one.id === id) ?? null,
    transactionOrders: async () =>
      facts.map(({ id, events }) => ({
        id,
        status: 'redraw_available',
        status_at: events.at(-1)?.created_at ?? null,
      })),
    missingResults: async () => null,
    appointment: async () => null,
  } as unknown as JunctionApi;
  return {
    name: 'healing',
    repeats: false,
    finds: orders.map((order) => delivered(order, NOW.toISOString())),
    program: async (table) => {
      const stored = await readTransaction(table, transactionId(1));
      if (stored) await heal(projectionOn(table), api, stored, now);
    },
  };
}

/** An operator who says once that the redraw is taken care of; refused where there is none yet. */
function acknowledgement(): Task {
  return {
    name: 'acknowledgement',
    repeats: false,
    program: async (table) => {
      try {
        await acknowledge(projectionOn(table), transactionId(1), { by: 'operator', note: null }, NOW);
      } catch (error) {
        const { status } = error as { status?: number };
        if (status !== 404 && status !== 409) throw error;
      }
    },
  };
}

/** Somebody has a transaction worked out anew from its orders while all goes on. */
function rebuilding(of: number): Task {
  return {
    name: `rebuild of transaction ${of}`,
    repeats: false,
    program: (table) => {
      const running = { ...projectionOn(table), dryRun: false, removeOrphans: true, now: () => 1_000 };
      return rebuildTransaction(running, transactionId(of), [orderId(1), orderId(2)]);
    },
  };
}

const INITIAL = [
  event(1, 'ordered', march(1)),
  event(2, 'requisition_created', march(2)),
  event(3, 'partial_results', march(5)),
  event(4, 'redraw_available', march(6)),
];
const REDRAW = [
  event(11, 'ordered', march(7)),
  event(12, 'requisition_created', march(8)),
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
    `initial ${lowOf(INITIAL[n - 1])}${belongs === alone ? ', alone' : ''}`,
    initial(n, belongs),
  );
}

function redrawWebhook(n: number, belongs?: Belonging): Task {
  return webhook(`redraw ${lowOf(REDRAW[n - 1])}${belongs === alone ? ', alone' : ''}`, redraw(n, belongs));
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

/** An order that first names one transaction and then another: what Junction says never happens. */
const conflicted = (n: number, of: number) =>
  walkIn(1, INITIAL.slice(0, n), {
    order_transaction: transaction(of, 'active', [listedInitial(n)]),
  });

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
const healed = () => healing([initial(4), redraw(1)]);

/** What happens in a world: its name, how many orders, what there is to do. */
type Story = readonly [name: string, orders: number, tasks: readonly Task[]];

/** Few enough snapshots that several things may go wrong with them. */
const SHORT: readonly Story[] = [
  ['a redraw', 2, redrawn([1, 4], [1])],
  ['an order that is adopted', 2, [initialWebhook(1, alone), initialWebhook(4), redrawWebhook(1, alone)]],
  ['a recreation', 3, [cancelledInitial(), recreatedOrdered(), recreatedCompleted()]],
  ['a registration', 2, [initialWebhook(4, alone), redrawWebhook(1, alone), registration(1, 1)]],
  ['a healing', 2, [initialWebhook(1), healing([initial(4)])]],
  ['an acknowledgement', 2, [initialWebhook(4), redrawWebhook(1), acknowledgement()]],
  ['two transactions', 1, [inSecond(), inFirst(), inSecondAgain()]],
];

const REBUILDS: readonly Story[] = [
  ['a rebuild', 2, [initialWebhook(1), initialWebhook(4), redrawWebhook(1), rebuilding(1)]],
  ['a rebuild of what is left', 1, [inSecond(), inFirst(), rebuilding(2)]],
];

const LONG: readonly Story[] = [
  ['a long redraw', 2, redrawn([1, 4], [1, 4])],
  ['a long recreation', 3, [initialWebhook(1), cancelledInitial(), recreatedOrdered(), recreatedCompleted()]],
  [
    'two registrations',
    2,
    [
      ...[initialWebhook(1, alone), initialWebhook(4, alone), redrawWebhook(1, alone)],
      ...[registration(1, 1), registration(2, 1)],
    ],
  ],
  ['a long healing', 2, [initialWebhook(1), redrawWebhook(1), healed()]],
  ['a long acknowledgement', 2, [...redrawn([1, 4], [1]), acknowledgement()]],
];

const EVERYTHING: readonly Story[] = [
  ['four snapshots of each', 2, redrawn([1, 2, 3, 4], [1, 2, 3, 4])],
  [
    'healing, registration and acknowledgement',
    2,
    [initialWebhook(4, alone), redrawWebhook(1), ...[registration(1, 1), healed(), acknowledgement()]],
  ],
];

const GIVEN_UP: Faults = { ...NO_FAULTS, losses: 1 };
const ANSWER_LOST: Faults = { ...NO_FAULTS, lostAnswers: 1 };
const REPEATED: Faults = { ...NO_FAULTS, repeats: 1 };
const EACH = [GIVEN_UP, ANSWER_LOST, REPEATED];
const ALL: Faults = { losses: 1, lostAnswers: 1, repeats: 1 };

/** Every world of a size. A larger size has those of the smaller ones in it. */
export function worlds(size: Size): WorldPlan[] {
  const small = [...plans(SHORT, EACH), ...plans(REBUILDS, [NO_FAULTS]), ...plans(LONG.slice(0, 2), EACH)];
  if (size === 'small') return small;
  const medium = [
    ...small,
    ...plans(SHORT, [ALL]),
    ...plans(REBUILDS.slice(1), EACH),
    ...plans(LONG.slice(2), [ANSWER_LOST, REPEATED]),
  ];
  if (size === 'medium') return medium;
  return [
    ...medium,
    ...plans(LONG.slice(2), [GIVEN_UP]),
    ...plans(REBUILDS.slice(0, 1), EACH),
    ...plans(EVERYTHING, [NO_FAULTS, ...EACH]),
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

function faultNames({ losses, lostAnswers, repeats }: Faults): string[] {
  return [
    ...(losses > 0 ? ['an invocation given up'] : []),
    ...(lostAnswers > 0 ? ['an answer lost'] : []),
    ...(repeats > 0 ? ['a webhook repeated'] : []),
  ];
}
