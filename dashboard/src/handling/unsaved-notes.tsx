import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { type Notification, useNotify } from '../alerts/notifications.tsx';
import { shortId } from '../components/identifier.tsx';
import { addressOf } from '../components/transaction-path.ts';
import { draftKeys } from '../session/drafts.ts';
import { usePerson } from '../session/session-context.tsx';
import type { Selecting } from '../worklist/use-selection.ts';
import { type Unsaved, unsavedIn } from './unsaved.ts';

/** Offers what was typed before the session ended or the page was reloaded. Their dialogs have the text. */
export function UnsavedNotes() {
  const person = usePerson();
  const notify = useNotify();
  const [, navigate] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, after the sign-in
  useEffect(() => {
    for (const unsaved of unsavedIn(draftKeys(person))) {
      const { address, state, ...notice } = offerOf(unsaved);
      const run = () => navigate(address, { state: state ?? null });
      notify({ type: 'info', ...notice, action: { text: 'Open', run } });
    }
  }, []);
  return null;
}

interface Offer extends Pick<Notification, 'header' | 'text'> {
  readonly address: string;
  readonly state?: Selecting;
}

function offerOf(unsaved: Unsaved): Offer {
  switch (unsaved.of) {
    case 'transaction':
      return {
        header: `What you typed for transaction ${shortId(unsaved.id)} wasn’t saved`,
        text: 'Open the transaction and start again: it is still there.',
        address: addressOf(unsaved.id),
      };
    case 'order':
      return {
        header: `Your note for order ${shortId(unsaved.id)} wasn’t saved`,
        text: 'Acknowledge the order again: the note is still there.',
        address: '/stalled-orders',
      };
    case 'redraws':
      return {
        header: `Your note for ${unsaved.ids.length} redraws wasn’t saved`,
        text: 'Open the worklist and acknowledge what is selected: the note is still there.',
        address: '/',
        state: { select: unsaved.ids },
      };
    case 'webhook':
      return {
        header: 'Your note for a quarantined webhook wasn’t saved',
        text: 'Dismiss the webhook again: the note is still there.',
        address: '/health',
      };
  }
}
