import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { REDRAW_SCOPES } from '../../domain/redraw/redraw-states.ts';
import { actingAs } from '../../http/identity.ts';
import { json } from '../../http/problem.ts';
import { noPath, noQuery, ofTeam, paging } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { uuid } from '../../http/text-fields.ts';
import { byDecision, byDueTime } from '../../store/transactions/transaction-lists.ts';
import { acknowledge, withdraw } from '../../use-cases/acknowledgements/acknowledge-redraw.ts';
import { findTransaction } from '../../use-cases/team-visibility.ts';
import {
  redrawAcknowledgementBody,
  redrawAcknowledgementsBody,
  withdrawalQuery,
  withdrawalsBody,
} from '../acknowledgement-request.ts';
import type { QueryContext } from '../query-context.ts';
import { aboutTeam } from '../team-filter.ts';
import { filterFields, followUpFields, orderFields } from '../transactions/filter.ts';
import { answerFiltered } from '../transactions/lists.ts';
import { showTransaction } from '../transactions/representation.ts';
import { redrawResults } from './answer.ts';
import { changeEach } from './change-each.ts';

const byTransactionId = z.object({ transaction_id: uuid });
DOCS: describe(byTransactionId, { properties: { transaction_id: 'The ID of the transaction.' } });
const redrawsQuery = z.strictObject({
  state: z.optional(z.enum([...REDRAW_SCOPES, 'decision'])),
  reach: filterFields.reach,
  assignee: filterFields.assignee,
  assigned: filterFields.assigned,
  ...followUpFields,
  ...orderFields,
  ...ofTeam,
  ...paging,
});
DOCS: describe(redrawsQuery, {
  properties: {
    state:
      '`open`, the default: all open redraws. `stale`: those that are flagged as overdue. `decision`: what a person has to decide.',
  },
});

const inPath = ({ transaction_id }: z.output<typeof byTransactionId>) => ({ transaction_id });

const eachInBody = ({ redraws }: { readonly redraws: readonly { readonly transaction_id: string }[] }) =>
  redraws.map(({ transaction_id }) => ({ transaction_id }));
const eachInAnswer = (answer: unknown) =>
  redrawResults.parse(answer).results.map(({ status }) => ({ status }));

export const redrawRoutes = {
  'GET /v1/redraws': route(
    { path: noPath, query: redrawsQuery },
    async (
      context: QueryContext,
      { query: { state = 'open', follow_up = 'due', team_id, limit, cursor, order, ...filter }, hasScope },
    ) =>
      answerFiltered(
        hasScope,
        aboutTeam(context, team_id),
        `redraws?state=${state}`,
        state === 'decision' ? byDecision() : byDueTime(state),
        { ...filter, follow_up },
        { limit, cursor, order },
      ),
  ),

  'POST /v1/redraws/acknowledgements': route(
    { path: noPath, query: noQuery, body: redrawAcknowledgementsBody, underName: true },
    async (context: QueryContext, { body, identity, hasScope, problemFor }) => {
      const { by, note, decided, stop_messages: stopMessages, redraws } = body;
      const requested = { by, caller: actingAs(identity(), by), note: note || null, decided, stopMessages };
      const results = await changeEach(
        context,
        redraws,
        (id, { replaces }) =>
          acknowledge(context.projection, id, { ...requested, replaces }, context.clock()),
        { hasScope, problemFor },
      );
      return json(200, redrawResults.parse({ results }));
    },
    { action: 'redraw.acknowledge', changes: true, eachInBody, eachInAnswer },
  ),

  'POST /v1/redraws/withdrawals': route(
    { path: noPath, query: noQuery, body: withdrawalsBody, underName: true },
    async (context: QueryContext, { body: { by, redraws }, identity, hasScope, problemFor }) => {
      const requested = { by, caller: actingAs(identity(), by) };
      const results = await changeEach(
        context,
        redraws,
        (id, { acknowledged_at: acknowledgedAt = null }) =>
          withdraw(context.projection, id, { ...requested, acknowledgedAt }, context.clock()),
        { hasScope, problemFor },
      );
      return json(200, redrawResults.parse({ results }));
    },
    { action: 'redraw.withdraw', changes: true, eachInBody, eachInAnswer },
  ),

  'PUT /v1/redraws/{transaction_id}/acknowledgement': route(
    { path: byTransactionId, query: noQuery, body: redrawAcknowledgementBody, underName: true },
    async (context: QueryContext, { path: { transaction_id }, body, identity, hasScope }) => {
      const { by, note, decided, replaces, stop_messages: stopMessages } = body;
      const caller = actingAs(identity(), by);
      const { id } = await findTransaction(context, transaction_id);
      const requested = { by, caller, note: note || null, decided, stopMessages, replaces };
      const stored = await acknowledge(context.projection, id, requested, context.clock());
      return json(200, showTransaction(stored, hasScope));
    },
    { action: 'redraw.acknowledge', changes: true, inPath },
  ),

  'DELETE /v1/redraws/{transaction_id}/acknowledgement': route(
    { path: byTransactionId, query: withdrawalQuery, underName: true },
    async (
      context: QueryContext,
      { path: { transaction_id }, query: { by, acknowledged_at }, identity, hasScope },
    ) => {
      const caller = actingAs(identity(), by);
      const { id } = await findTransaction(context, transaction_id);
      const requested = { by, caller, acknowledgedAt: acknowledged_at ?? null };
      const stored = await withdraw(context.projection, id, requested, context.clock());
      return json(200, showTransaction(stored, hasScope));
    },
    { action: 'redraw.withdraw', changes: true, inPath },
  ),
};
