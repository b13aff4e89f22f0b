import { type ReactNode, useState } from 'react';
import { usePerson } from '../../session/session-context.tsx';
import type { WithRedraw } from '../open-redraw.ts';
import { AcknowledgeDialog } from './acknowledge-dialog.tsx';
import { ReleaseDialog } from './release-dialog.tsx';
import { useAcknowledgementChanges } from './use-acknowledgement-changes.ts';

/** What somebody is about to do to which redraws, as these were when it was begun. */
interface Intent {
  readonly kind: 'acknowledge' | 'release';
  readonly of: readonly WithRedraw[];
}

export interface AcknowledgementActions {
  /** Asks for a note first. */
  readonly acknowledge: (transactions: readonly WithRedraw[]) => void;
  /** Asks first where it is the word of somebody else. */
  readonly release: (transaction: WithRedraw) => void;
  /** To be put anywhere on the page. */
  readonly dialog: ReactNode;
}

/** Acknowledging and taking back, with the dialogs. `acted` hears of which it was asked; of none where a dialog was left. */
export function useAcknowledgementActions(
  acted: (of: readonly WithRedraw[]) => void = () => undefined,
): AcknowledgementActions {
  const [intent, setIntent] = useState<Intent | null>(null);
  const acknowledging = useAcknowledgementChanges();
  const { name } = usePerson();
  const finish = (of: readonly WithRedraw[]) => {
    setIntent(null);
    acted(of);
  };
  return {
    acknowledge: (of) => setIntent({ kind: 'acknowledge', of }),
    release: (transaction) => {
      if (transaction.redraw.acknowledgement?.by !== name) setIntent({ kind: 'release', of: [transaction] });
      else {
        acknowledging.release([transaction]);
        finish([transaction]);
      }
    },
    dialog: intent && (
      <Dialog
        intent={intent}
        onDismiss={() => finish([])}
        onAcknowledge={(note) => {
          acknowledging.acknowledge(intent.of, note);
          finish(intent.of);
        }}
        onRelease={() => {
          acknowledging.release(intent.of);
          finish(intent.of);
        }}
      />
    ),
  };
}

interface DialogProps {
  readonly intent: Intent;
  readonly onAcknowledge: (note: string) => void;
  readonly onRelease: () => void;
  readonly onDismiss: () => void;
}

function Dialog({ intent: { kind, of }, onAcknowledge, onRelease, onDismiss }: DialogProps) {
  if (kind === 'acknowledge')
    return <AcknowledgeDialog transactions={of} onAcknowledge={onAcknowledge} onDismiss={onDismiss} />;
  const acknowledgement = of[0]?.redraw.acknowledgement;
  if (!acknowledgement) return null;
  return <ReleaseDialog acknowledgement={acknowledgement} onRelease={onRelease} onDismiss={onDismiss} />;
}
