import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { useNotify } from '../alerts/notifications.tsx';
import { draftKeys } from '../session/drafts.ts';
import { usePerson } from '../session/session-context.tsx';
import { addressOf } from '../transaction/transaction-path.ts';
import { unsavedIn } from './unsaved.ts';

/** Offers a note that was typed before the session ended or the page was reloaded. Its dialog has the text. */
export function UnsavedNote() {
  const person = usePerson();
  const notify = useNotify();
  const [, navigate] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, after the sign-in
  useEffect(() => {
    const [id] = unsavedIn(draftKeys(person));
    if (id === undefined) return;
    notify({
      type: 'info',
      header: 'You have a note that wasn’t saved',
      text: 'Open the redraw and start again: what you typed is still there.',
      action: { text: 'Open', run: () => navigate(addressOf(id)) },
    });
  }, []);
  return null;
}
