import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { TOLD_BY } from '../../domain/order/critical-result.ts';
import type { OrderRecord } from '../../domain/order/order-record.ts';
import { actingAs } from '../../http/identity.ts';
import { json } from '../../http/problem.ts';
import { by, byId, noPath, noQuery, ofTeam, paging, visibleLine } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { instant } from '../../http/text-fields.ts';
import { eachIntact, unlessDamaged } from '../../store/damaged-items.ts';
import { listCriticalResults } from '../../store/orders/critical-results.ts';
import { acknowledgeCriticalResult } from '../../use-cases/acknowledgements/acknowledge-critical-result.ts';
import { displayedTransactionId, isOrderShown } from '../../use-cases/team-visibility.ts';
import { criticalState } from '../answer-fields.ts';
import { requestedPage } from '../paging.ts';
import type { QueryContext } from '../query-context.ts';
import { aboutTeam } from '../team-filter.ts';
import { criticalResultList } from './answer.ts';
import { showCriticalResult } from './representation.ts';

const listQuery = z.strictObject({ state: z.optional(criticalState), ...ofTeam, ...paging });
DOCS: describe(listQuery, { properties: { state: '`open` by default.' } });

/** No note field: people could type a result value into it. */
const acknowledgement = z.strictObject({
  by,
  told: visibleLine(128),
  channel: z.enum(TOLD_BY),
  read_back: z.boolean(),
  latest_at: z.optional(instant),
});
DOCS: describe(acknowledgement, {
  id: 'CriticalAcknowledgementRequest',
  description: 'Acknowledges the critical result of an order.',
  properties: {
    told: 'Whom the person told, one line of visible text without a value.',
    channel: 'How that person was told.',
    read_back: 'Whether that person read the result back.',
    latest_at: 'The `latest_at` that the person has seen, so that a later report is not acknowledged unseen.',
  },
});

async function show(context: QueryContext, record: OrderRecord) {
  return showCriticalResult(record, await displayedTransactionId(context, record));
}

/** A critical result is shown even if the transaction of its order is damaged. */
async function showIfOurs(context: QueryContext, record: OrderRecord) {
  const { table } = context;
  if ((await unlessDamaged(table, () => isOrderShown(context, record))) === false) return [];
  const transactionId = await unlessDamaged(table, () => displayedTransactionId(context, record));
  const nameOf = ({ id }: OrderRecord) => `ORDER#${id}`;
  return eachIntact(table, [record], nameOf, (one) => showCriticalResult(one, transactionId));
}

export const criticalResultRoutes = {
  'GET /v1/critical-results': route(
    { path: noPath, query: listQuery },
    async (every: QueryContext, { query: { state = 'open', team_id, ...page } }) => {
      const context = aboutTeam(every, team_id);
      const { table, cursors } = context;
      const usual = state === 'acknowledged' ? 'desc' : 'asc';
      const list = { name: `critical-results?state=${state}`, usual } as const;
      const { request, cursorAfter } = await requestedPage(cursors, list, page);
      const { orders, next } = await listCriticalResults(table, state, request);
      const shown = await Promise.all(orders.map((record) => showIfOurs(context, record)));
      const next_cursor = await cursorAfter(next);
      return json(200, criticalResultList.parse({ critical_results: shown.flat(), next_cursor }));
    },
  ),

  'PUT /v1/orders/{id}/critical-result/acknowledgement': route(
    { path: byId, query: noQuery, body: acknowledgement, underName: true },
    async (
      context: QueryContext,
      { path: { id }, body: { by, latest_at: latestAt = null, ...notice }, identity },
    ) => {
      const request = { by, caller: actingAs(identity(), by), latestAt, notice };
      const record = await acknowledgeCriticalResult(
        context.projection,
        context,
        id,
        request,
        context.clock(),
      );
      return json(200, await show(context, record));
    },
    { action: 'critical_result.acknowledge', changes: true, inPath: ({ id }) => ({ order_id: id }) },
  ),
};
