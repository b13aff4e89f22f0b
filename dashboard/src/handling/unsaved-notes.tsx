import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { type Notification, useNotify } from '../alerts/notifications.tsx';
import { shortId } from '../components/identifier.tsx';
import { addressOf } from '../components/transaction-path.ts';
import { draftKeys } from '../session/drafts.ts';
import { usePerson } from '../session/session-context.tsx';
import { type Unsaved, unsavedIn } from './unsaved.ts';

/** Offers what was typed before the session ended or the page was reloaded. Their dialogs have the text. */
export function UnsavedNotes() {
  const person = usePerson();
  const notify = useNotify();
  const [, navigate] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, after the sign-in
  useEffect(() => {
    for (const unsaved of unsavedIn(draftKeys(person))) {
      const { address, ...notice } = offerOf(unsaved);
      const run = () => navigate(address);
      notify({ type: 'info', ...notice, action: { text: 'Open', run } });
    }
  }, []);
  return null;
}

interface Offer extends Pick<Notification, 'header' | 'text'> {
  readonly address: string;
}

function offerOf(unsaved: Unsaved): Offer {
  switch (unsaved.of) {
    case 'transaction':
      return {
        header: `What you typed for transaction ${shortId(unsaved.id)} wasn’t saved`,
        text: 'Open the transaction and start again: it is still there.',
        address: addressOf(unsaved.id),
      };
    case 'webhook':
      return {
        header: 'Your note for a quarantined webhook wasn’t saved',
        text: 'Dismiss the webhook again: the note is still there.',
        address: '/health',
      };
  }
}
