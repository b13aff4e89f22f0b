import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { useNotify } from '../alerts/notifications.tsx';
import { shortId } from '../components/identifier.tsx';
import { draftKeys } from '../session/drafts.ts';
import { usePerson } from '../session/session-context.tsx';
import { addressOf } from '../transaction/transaction-path.ts';
import { unsavedIn } from './unsaved.ts';

/** Offers what was typed before the session ended or the page was reloaded. Their dialogs have the text. */
export function UnsavedNotes() {
  const person = usePerson();
  const notify = useNotify();
  const [, navigate] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, after the sign-in
  useEffect(() => {
    for (const id of unsavedIn(draftKeys(person))) {
      notify({
        type: 'info',
        header: `What you typed for transaction ${shortId(id)} wasn’t saved`,
        text: 'Open the transaction and start again: it is still there.',
        action: { text: 'Open', run: () => navigate(addressOf(id)) },
      });
    }
  }, []);
  return null;
}
