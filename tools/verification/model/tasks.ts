/** The tasks of a world, run by the deployed code. */
import { parseInstant } from '../../../core/domain/instant.ts';
import { RequestRefused } from '../../../core/domain/request-refused.ts';
import type { JunctionClient } from '../../../core/junction/client.ts';
import { orderFacts, orderPayload } from '../../../core/junction/order-payload.ts';
import { readOrThrow } from '../../../core/reading/reading.ts';
import { readTransaction } from '../../../core/store/transactions/transactions.ts';
import { acknowledge, withdraw } from '../../../core/use-cases/acknowledgements/acknowledge-redraw.ts';
import { rebuildTransaction } from '../../../core/use-cases/rebuild/rebuild-transaction.ts';
import { receive } from '../../../core/use-cases/receive-webhook.ts';
import { reconcileTransaction } from '../../../core/use-cases/reconcile/ask-junction.ts';
import { RegistrationConflict, register } from '../../../core/use-cases/register-order.ts';
import { pollChangedOrders } from '../../../core/use-cases/sweep/poll-changed-orders.ts';
import { PROGRAM } from '../../../test/callers.ts';
import { projectionOn } from '../convergence/product.ts';
import { answered, delivered, orderId, transactionId } from '../oracle/bodies.ts';
import type { Json } from '../oracle/reading/spelling.ts';
import type { Program } from './invocations.ts';
import type { Task } from './world-plan.ts';

const NOW = new Date('2026-06-01T00:00:00Z');
const now = parseInstant(NOW.toISOString()) ?? '';

export function webhook(name: string, order: Json): Task {
  const delivery = delivered(order, NOW.toISOString());
  const body = Buffer.from(delivery.body);
  return {
    name: `webhook "${name}"`,
    delivery,
    repeats: true,
    program: (table) => receive({ table, quarantine: table, quarantineRetentionDays: 90 }, body, NOW),
  };
}

/** @param user the user it is registered for; by default none */
export function registration(order: number, of: number, user: string | null = null): Task {
  const registering = { transaction_id: transactionId(of), user_id: user, client_user_id: null };
  return {
    name: `registration of order ${order} in transaction ${of}`,
    repeats: false,
    registers: {
      orderId: orderId(order),
      transactionId: transactionId(of),
      userId: user,
      clientUserId: null,
      at: now,
    },
    program: async (table) => {
      try {
        return await register(projectionOn(table), orderId(order), registering, NOW);
      } catch (error) {
        // A contradiction to Junction is refused, which is an answer and not a fault.
        if (error instanceof RegistrationConflict) return null;
        throw error;
      }
    },
  };
}

/** Junction's answers about these orders. */
function toldByApi(orders: readonly Json[]) {
  const nobody = { user_id: null, client_user_id: null, team_id: null };
  return orders.map((order) => orderFacts(readOrThrow(orderPayload, order), nobody, now));
}

const finding = (orders: readonly Json[]) =>
  toldByApi(orders).map(({ rank }, index) => ({ answer: answered(orders[index] ?? {}, now), rank }));

/** A sweep that asks Junction about transaction 1, whose orders have these states at Junction. */
export function reconciliation(orders: readonly Json[]): Task {
  const facts = toldByApi(orders);
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
  } as unknown as JunctionClient;
  return {
    name: 'reconciliation',
    repeats: false,
    finds: finding(orders),
    program: async (table) => {
      const stored = await readTransaction(table, transactionId(1));
      if (stored) await reconcileTransaction(projectionOn(table), api, stored, now);
    },
  };
}

/** A sweep that polls Junction's changed orders, one order per page. */
export function listing(orders: readonly Json[]): Task {
  const facts = toldByApi(orders);
  const api = {
    ordersChangedSince: async (_since: string, page: number) => ({
      orders: facts.slice(page - 1, page).map((one) => ({ id: one.id, facts: one })),
      last: page === facts.length,
    }),
  } as unknown as JunctionClient;
  const polling = { api, teamId: null, every: 3_600_000, hasTime: () => true, onSkip: () => undefined };
  return {
    name: 'poll the changed orders',
    repeats: false,
    finds: finding(orders),
    program: (table) => pollChangedOrders({ ...polling, table }, now),
  };
}

/** An operator who acknowledges the redraw once; refused if there is none yet. */
export function acknowledgement(): Task {
  return byOperator('acknowledgement', (table) =>
    acknowledge(projectionOn(table), transactionId(1), { by: 'operator', caller: PROGRAM, note: null }, NOW),
  );
}

/** An operator who withdraws any acknowledgement. */
export function withdrawal(): Task {
  return byOperator('withdrawal', (table) =>
    withdraw(
      projectionOn(table),
      transactionId(1),
      { by: 'operator', caller: PROGRAM, acknowledgedAt: null },
      NOW,
    ),
  );
}

function byOperator(name: string, ask: Program): Task {
  return {
    name,
    repeats: false,
    program: async (table) => {
      try {
        await ask(table);
      } catch (error) {
        if (!(error instanceof RequestRefused)) throw error;
      }
    },
  };
}

/** Somebody has a transaction rebuilt from its orders while everything continues. */
export function rebuilding(of: number): Task {
  return {
    name: `rebuild of transaction ${of}`,
    repeats: false,
    program: (table) => {
      const running = {
        ...projectionOn(table),
        dryRun: false,
        removeOrphans: true,
        now: () => 1_000,
        revisionsAbove: 0,
        parts: [],
      };
      return rebuildTransaction(running, transactionId(of), [orderId(1), orderId(2)]);
    },
  };
}
