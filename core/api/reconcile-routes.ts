import { namedTransaction } from '../domain/order/order-record.ts';
import { junctionProblem, noKey } from '../http/junction-problem.ts';
import { json } from '../http/problem.ts';
import { reconcileReads } from '../http/requests.ts';
import { type Route, route } from '../http/route.ts';
import type { reconcileScopes } from '../http/scopes.ts';
import type { ApiKey } from '../junction/api-key.ts';
import type { JunctionClient } from '../junction/client.ts';
import { instant } from '../junction/fields.ts';
import { JunctionUnavailable } from '../junction/unavailable.ts';
import { readOrder } from '../store/orders.ts';
import type { StoredTransaction } from '../store/transaction-item.ts';
import type { Projection } from '../use-cases/recompute.ts';
import { heal } from '../use-cases/reconcile-transaction.ts';
import { findTransaction, type Shown } from '../use-cases/team-visibility.ts';
import { showReconciliation } from './representations.ts';

/** What a transaction is reconciled with and in. */
export interface Reconciling extends Shown {
  readonly projection: Projection;
  readonly apiKey: ApiKey;
  /** Junction's API, to be asked within the milliseconds that are left. */
  readonly junction: (apiKey: string, timeLeft: () => number) => JunctionClient;
  readonly clock: () => Date;
  /** Told of what Junction was asked about, and whether it told of anything new. */
  readonly onReconciled: (transactionId: string, healed: boolean) => void;
}

/** Kept back for bringing in what Junction says, and for answering (ms). */
const RESERVE = 5_000;

/** Every route of the reconcile function, by API Gateway's route key. */
export const routes: Readonly<Record<keyof typeof reconcileScopes, Route<Reconciling>>> = {
  'POST /v1/transactions/{id}/reconcile': route(
    reconcileReads,
    async (reconciling: Reconciling, { path, timeLeft }) => {
      const stored = await findTransaction(reconciling, path.id);
      const apiKey = await reconciling.apiKey.read(reconciling.clock());
      if (apiKey === null) throw noKey();
      const junction = reconciling.junction(apiKey, () => timeLeft() - RESERVE);
      let healed = await ask(reconciling, junction, stored);
      const named = await nowIn(reconciling, stored);
      if (named !== stored.id) {
        // What else belongs to the transaction it just found, only asking for that tells.
        const found = await findTransaction(reconciling, named);
        healed = (await ask(reconciling, junction, found)) || healed;
      }
      reconciling.onReconciled(named, healed);
      return json(200, showReconciliation(healed, await findTransaction(reconciling, named)));
    },
  ),
};

/** Joins all that Junction says now. Somebody looks at it: every order is asked about, also one that seems over. */
async function ask(
  { projection, clock }: Reconciling,
  junction: JunctionClient,
  stored: StoredTransaction,
): Promise<boolean> {
  const now = instant.parse(clock().toISOString());
  try {
    return await heal(projection, junction, stored, now, 'every_order');
  } catch (error) {
    if (error instanceof JunctionUnavailable) throw junctionProblem(error);
    throw error;
  }
}

/** The transaction it is now: an order that stood alone may just have found the one it belongs to. */
async function nowIn({ table }: Shown, { id, provisional }: StoredTransaction): Promise<string> {
  const order = provisional ? await readOrder(table, id) : null;
  return (order && namedTransaction(order)) ?? id;
}
