import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { MAX_VIEW_ADDRESS, MAX_VIEW_NAME } from '../../domain/worklist/shared-view.ts';
import { actorOf } from '../../http/identity.ts';
import { json } from '../../http/problem.ts';
import { by, byId, noPath, noQuery, visibleLine } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { instant, unicode } from '../../http/text-fields.ts';
import { readViews } from '../../store/shared-views.ts';
import { deleteView, saveView } from '../../use-cases/shared-views.ts';
import type { QueryContext } from '../query-context.ts';
import { deletedView, sharedView, sharedViewList } from './answer.ts';

const viewBody = z.strictObject({
  name: visibleLine(MAX_VIEW_NAME),
  address: z.string().check(unicode, z.maxLength(MAX_VIEW_ADDRESS)),
  replaces: z.nullable(instant),
  by: z.optional(by),
});
DOCS: describe(viewBody, {
  id: 'ViewRequest',
  description: 'Shares a view, or changes a shared one.',
  properties: {
    name: 'The name, which is stored and shown to everybody.',
    address: 'The query of the address of the dashboard, without a filter by a patient, an ID or any text.',
    replaces: 'The `at` of the version that you have seen, or null for a new view.',
  },
});
const deletionQuery = z.strictObject({ replaces: instant, by: z.optional(by) });
DOCS: describe(deletionQuery, { properties: { replaces: 'The `at` of the version that you have seen.' } });
const inPath = ({ id }: z.output<typeof byId>) => ({ view_id: id });
const withPause = ({ table, teamId, projection: { pause } }: QueryContext) => ({ table, teamId, pause });

export const viewRoutes = {
  'GET /v1/views': route({ path: noPath, query: noQuery }, async ({ table, teamId }: QueryContext) => {
    const { views } = await readViews(table, teamId);
    const byName = views.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
    return json(200, sharedViewList.parse({ views: byName }));
  }),

  'PUT /v1/views/{id}': route(
    { path: byId, query: noQuery, body: viewBody, underName: true },
    async (context: QueryContext, { path: { id }, body: { by, ...view }, identity }) => {
      const request = { id, ...view, ...actorOf(identity(), by) };
      return json(200, sharedView.parse(await saveView(withPause(context), request, context.clock())));
    },
    { action: 'view.save', changes: true, inPath },
  ),

  'DELETE /v1/views/{id}': route(
    { path: byId, query: deletionQuery, underName: true },
    async (context: QueryContext, { path: { id }, query: { replaces, by }, identity }) => {
      actorOf(identity(), by);
      return json(200, deletedView.parse({ view: await deleteView(withPause(context), id, replaces) }));
    },
    { action: 'view.delete', changes: true, inPath },
  ),
};
