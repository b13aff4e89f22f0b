import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { usePreferences } from '../preferences/use-preferences.ts';
import { lazyPage } from '../screen/lazy-page.ts';
import { type Action, actionOf, pageKey } from '../screen/page-keys.ts';
import { PageErrorBoundary } from './page-error-boundary.tsx';
import { focusRow, openClickedRow, openRow } from './rows.ts';

const HelpDialog = lazyPage(() => import('./help-dialog.tsx'));

/** Elements in which keys are text input. */
const TYPING =
  'input, textarea, select, [contenteditable], [role="combobox"], [role="listbox"], [role="menu"]';
const SEARCH = '#shell-bar input[type="search"]';
/** On a narrow screen. */
const SEARCH_BUTTON = '#shell-bar button[aria-label="Search"]';

interface Shortcuts {
  /** Shows the keys. */
  readonly help: () => void;
  readonly dialog: ReactNode;
}

/** Single keys for what people do most, and rows that open by a click. The keys can be turned off (WCAG 2.1.4). */
export function useShortcuts(): Shortcuts {
  const [{ shortcuts: on = true }] = usePreferences();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    document.addEventListener('click', openClickedRow);
    return () => document.removeEventListener('click', openClickedRow);
  }, []);
  useEffect(() => {
    if (!on) return undefined;
    const press = (event: KeyboardEvent) => {
      const action = actionOf(event);
      if (action === null || isElsewhere(event.target, action)) return;
      const act = action === 'help' ? () => setShown(true) : (pageKey(action) ?? ACTIONS[action]);
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [on]);
  const dialog = shown && (
    <PageErrorBoundary>
      <Suspense fallback={null}>
        <HelpDialog onClose={() => setShown(false)} />
      </Suspense>
    </PageErrorBoundary>
  );
  return { help: () => setShown(true), dialog };
}

const ACTIONS: Partial<Record<Action, () => void>> = {
  next: () => focusRow(1),
  previous: () => focusRow(-1),
  open: openRow,
  search: openSearch,
};

function openSearch(): void {
  const field = shown(SEARCH);
  if (field) field.focus();
  else shown(SEARCH_BUTTON)?.click();
}

/** Cloudscape renders its bar twice, once to measure it. */
function shown(selector: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>(selector)].find(
    (element) =>
      element.checkVisibility({ visibilityProperty: true }) && !element.closest('[aria-hidden="true"]'),
  );
}

/** The user is typing, or a dialog is open that the key is not for. */
function isElsewhere(target: EventTarget | null, action: Action): boolean {
  if (target instanceof Element && target.closest(TYPING)) return true;
  return action !== 'review' && document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}
