import { type CheckedChange, isHealing } from '../../domain/stored/junction-check.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { junctionProblem, noKey } from '../../http/junction-problem.ts';
import { json } from '../../http/problem.ts';
import { byId, noQuery } from '../../http/request-fields.ts';
import { type Route, route } from '../../http/route.ts';
import type { reconcileScopes } from '../../http/route-scopes.ts';
import { instant } from '../../http/text-fields.ts';
import type { JunctionClient } from '../../junction/client.ts';
import { JunctionUnavailable } from '../../junction/unavailable.ts';
import { readOrder } from '../../store/orders/read-order.ts';
import { displayedTransaction } from '../../use-cases/displayed-transaction.ts';
import { reconcileTransaction } from '../../use-cases/reconcile/ask-junction.ts';
import { recordCheck } from '../../use-cases/reconcile/record-check.ts';
import { findTransaction, type TeamContext, TransactionNotFound } from '../../use-cases/team-visibility.ts';
import { showTransaction } from '../transactions/representation.ts';
import { reconciliation } from './answer.ts';
import { discardRoutes } from './discard-routes.ts';
import { junctionOf, type ReconcileContext } from './reconcile-context.ts';

/** The routes of the reconcile function, by API Gateway's route key. */
export const routes: Readonly<Record<keyof typeof reconcileScopes, Route<ReconcileContext>>> = {
  ...discardRoutes,
  'POST /v1/transactions/{id}/reconcile': route(
    { path: byId, query: noQuery },
    async (context: ReconcileContext, { path, timeLeft, identity, hasScope }) => {
      const stored = await findTransaction(context, path.id);
      const junction = await junctionOf(context, stored.team_id, timeLeft);
      if (junction === null) throw noKey();
      const changes = await reconcile(context, junction, stored);
      const id = await currentId(context, stored);
      if (id !== stored.id) {
        // The order has just been assigned to this transaction, whose other orders have not been asked about.
        const assigned = await findTransaction(context, id);
        changes.push(...(await reconcile(context, junction, assigned)));
      }
      const healed = isHealing(changes);
      context.onReconciled(id, healed);
      const check = { at: nowOf(context), origin: 'request', caller: identity(), changes } as const;
      const noted = await recordCheck(context.projection, id, check);
      if (!noted) throw new TransactionNotFound(id);
      return json(200, reconciliation.parse({ healed, transaction: showTransaction(noted, hasScope) }));
    },
    { action: 'transaction.reconcile', changes: true, inPath: ({ id }) => ({ transaction_id: id }) },
  ),
};

const nowOf = ({ clock }: Pick<ReconcileContext, 'clock'>) => instant.parse(clock().toISOString());

/** Joins what Junction reports now. Asks about every order, because the caller wants to see all of them current. */
async function reconcile(
  { projection, clock }: ReconcileContext,
  junction: JunctionClient,
  stored: StoredTransaction,
): Promise<CheckedChange[]> {
  const now = nowOf({ clock });
  try {
    return await reconcileTransaction(projection, junction, stored, now, 'every_order');
  } catch (error) {
    if (error instanceof JunctionUnavailable) throw junctionProblem(error);
    throw error;
  }
}

/** The transaction that a provisional one has become, or its own id. */
async function currentId({ table }: TeamContext, { id, provisional }: StoredTransaction): Promise<string> {
  const order = provisional ? await readOrder(table, id) : null;
  const showing = order && (await displayedTransaction(table, order));
  return showing?.id ?? id;
}
