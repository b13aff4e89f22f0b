import { WHOLE, type WorklistView, writeView } from '../view/view.ts';

/** A view with a name: the filters that it sets. */
interface NamedView {
  readonly id: string;
  readonly text: string;
  readonly view: WorklistView;
}

/** The views that everybody has. */
export const BUILT_IN_VIEWS: readonly NamedView[] = [
  { id: 'all', text: 'All', view: WHOLE },
  { id: 'mine', text: 'Mine', view: { ...WHOLE, owner: 'me' } },
  { id: 'unassigned', text: 'Unassigned', view: { ...WHOLE, owner: 'none' } },
  { id: 'today', text: 'Follow-up today', view: { ...WHOLE, followUp: 'today' } },
  { id: 'decisions', text: 'Needs a decision', view: { ...WHOLE, decisions: true } },
  { id: 'unreached', text: 'Could not be reached', view: { ...WHOLE, reach: 'could_not_be_reached' } },
];

/** The built-in view with these filters, whatever the order and the page; null if there is none. */
export function builtInViewOf(view: WorklistView): string | null {
  const plain = (one: WorklistView) =>
    writeView({
      ...one,
      sort: WHOLE.sort,
      descending: WHOLE.descending,
      page: WHOLE.page,
      name: '',
    }).toString();
  return BUILT_IN_VIEWS.find((one) => plain(one.view) === plain(view))?.id ?? null;
}
