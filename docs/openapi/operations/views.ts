import { deletedView, sharedView, sharedViewList } from '../../../core/api/views/answer.ts';
import { MAX_VIEWS } from '../../../core/domain/worklist/shared-view.ts';
import { examples } from '../examples/examples.ts';
import type { Operations } from './operation.ts';
import { NOT_THAT_PERSON } from './problems.ts';

export const viewOperations = {
  'GET /v1/views': {
    id: 'listViews',
    tag: 'redraws',
    summary: 'List the views of the worklist that the team shares',
    description:
      '`address` is the query of the address of the dashboard: the list, the filter and the sort order. The rows are not part of it.',
    answer: 'The views, by name.',
    content: sharedViewList,
    example: examples.sharedViewList,
  },
  'PUT /v1/views/{id}': {
    id: 'saveView',
    tag: 'redraws',
    summary: 'Share a view of the worklist, or change a shared one',
    description: `You choose the ID, a UUID. \`replaces\` is the \`at\` of the version that you have seen, or null for a new view. The name is stored and shown to everybody. \`address\` has \`show\`, \`f\`, \`match\` and \`sort\` only, and no filter by a patient, an ID or any text: such a filter can name a patient; otherwise the response is 400. There are at most ${MAX_VIEWS} views. Repeating a request changes nothing.`,
    answer: 'The view.',
    content: sharedView,
    example: examples.sharedView,
    bodyExample: examples.viewRequest,
    problems: {
      403: NOT_THAT_PERSON,
      409: {
        description:
          'Somebody else has changed or deleted the view, another view has the name, or there are too many. Nothing was changed.',
        detail: 'Another view has this name.',
      },
    },
  },
  'DELETE /v1/views/{id}': {
    id: 'deleteView',
    tag: 'redraws',
    summary: 'Delete a shared view',
    description: 'Anyone with the scope can delete any view, as they have seen it: `replaces` is its `at`.',
    answer: 'The deleted view; null if there was none.',
    content: deletedView,
    example: examples.deletedView,
    problems: {
      403: NOT_THAT_PERSON,
      409: {
        description: 'Somebody else has changed the view. Nothing was changed.',
        detail: 'olivia@example.com saved this view at 2026-03-09T08:00:00.000000Z.',
      },
    },
  },
} satisfies Operations;
