import * as z from 'zod/mini';
import { caller } from '../../domain/caller-schema.ts';
import { describe } from '../../domain/describe.ts';
import { at, by, id } from '../answer-fields.ts';

export const sharedView = z.object({ id, name: z.string(), address: z.string(), by, at, caller });
DOCS: describe(sharedView, {
  id: 'SharedView',
  description: 'A view of the worklist that the team shares.',
  properties: {
    id: 'The ID of the view.',
    name: 'Its name.',
    address: 'The query of the address of the dashboard: the list, the filter and the sort order.',
    by: 'Who saved it.',
    at: 'When it was saved. Send it as `replaces` to change only this version.',
  },
});

export const sharedViewList = z.object({ views: z.array(sharedView) });
DOCS: describe(sharedViewList, {
  id: 'SharedViewList',
  description: 'The views that the team shares.',
  properties: { views: 'The views, by name.' },
});

export const deletedView = z.object({ view: z.nullable(sharedView) });
DOCS: describe(deletedView, {
  id: 'DeletedView',
  description: 'A view that was deleted.',
  properties: { view: 'The view; null if there was none.' },
});
