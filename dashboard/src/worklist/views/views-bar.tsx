import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Suspense, useState } from 'react';
import { lazyPage } from '../../screen/lazy-page.ts';
import type { ViewInAddress } from '../view/use-view.ts';
import { readView, WHOLE, writeView } from '../view/view.ts';
import { BUILT_IN_VIEWS, builtInViewOf } from './built-in-views.ts';
import { useSavedViews } from './saved-views.ts';

/** Loaded when it is first opened, to keep the script of the first view small. */
const SaveViewDialog = lazyPage(() => import('./save-view-dialog.tsx'));

interface ViewsBarProps {
  readonly place: ViewInAddress;
  /** How many redraws wait for a later follow-up; undefined while it is not known. */
  readonly later: number | undefined;
}

/** The views of the worklist: those that everybody has, and those that the user saved. The address holds the view. */
export function ViewsBar({ place, later = 0 }: ViewsBarProps) {
  const { view, choose } = place;
  return (
    <div className="worklist-views">
      <ul aria-label="Views">
        {BUILT_IN_VIEWS.map(({ id, text, view: chosen }) => (
          <li key={id}>
            <button
              type="button"
              className="view-choice"
              aria-pressed={builtInViewOf(view) === id}
              onClick={() => choose({ ...chosen, sort: view.sort, descending: view.descending })}
            >
              {text}
            </button>
          </li>
        ))}
      </ul>
      <SavedViews place={place} />
      {view.followUp === 'later' ? (
        <Box variant="span">Waiting for a later follow-up</Box>
      ) : (
        later > 0 && (
          <Button variant="inline-link" onClick={() => choose({ ...WHOLE, followUp: 'later' })}>
            {later === 1 ? '1 hidden until its follow-up' : `${later} hidden until their follow-up`}
          </Button>
        )
      )}
    </div>
  );
}

const SAVE = 'save';
const REMOVE = 'remove';
const OPEN = 'open:';

function SavedViews({ place: { view, choose } }: Pick<ViewsBarProps, 'place'>) {
  const { views, save, remove } = useSavedViews();
  const [saving, setSaving] = useState(false);
  const isSaved = views.some(({ name }) => name === view.name);
  const act = (id: string) => {
    if (id === SAVE) setSaving(true);
    if (id === REMOVE) {
      remove(view.name);
      choose({ name: '' });
    }
    const opened = views.find(({ name }) => id === OPEN + name);
    if (opened) choose(readView(new URLSearchParams(opened.query)));
  };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <ButtonDropdown
        expandToViewport
        items={[
          ...views.map(({ name }) => ({ id: OPEN + name, text: name })),
          { id: SAVE, text: 'Save this view…' },
          ...(isSaved ? [{ id: REMOVE, text: `Remove “${view.name}”` }] : []),
        ]}
        onItemClick={({ detail }) => act(detail.id)}
      >
        {view.name === '' ? 'Saved views' : view.name}
      </ButtonDropdown>
      {saving && (
        <Suspense>
          <SaveViewDialog
            name={view.name}
            onDismiss={() => setSaving(false)}
            onSave={(name) => {
              save({ name, query: writeView({ ...view, name, page: WHOLE.page }).toString() });
              choose({ name });
              setSaving(false);
            }}
          />
        </Suspense>
      )}
    </SpaceBetween>
  );
}
