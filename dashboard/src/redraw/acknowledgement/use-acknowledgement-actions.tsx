import { type ReactNode, Suspense, useState } from 'react';
import { usePerson } from '../../session/session-context.tsx';
import { lazyPage } from '../../shell/lazy-page.ts';
import type { WithRedraw } from '../open-redraw.ts';
import { isOwn } from './caller.ts';
import type { AcknowledgementInput, Change } from './changes.ts';
import { ReleaseDialog } from './release-dialog.tsx';
import { useAcknowledgementChanges } from './use-acknowledgement-changes.ts';

/** An action and its redraws, as they were when the user started it. */
interface Intent {
  readonly kind: Change['kind'];
  readonly of: readonly WithRedraw[];
}

export interface AcknowledgementActions {
  /** Asks for a note first. */
  readonly acknowledge: (transactions: readonly WithRedraw[]) => void;
  /** Asks for confirmation if someone else acknowledged it. */
  readonly release: (transaction: WithRedraw) => void;
  /** Render this anywhere on the page. */
  readonly dialog: ReactNode;
}

/**
 * Acknowledge and release, with their dialogs. `acted` gets the redraws of the action, or none if the dialog was
 * cancelled.
 */
export function useAcknowledgementActions(
  acted: (of: readonly WithRedraw[]) => void = () => undefined,
): AcknowledgementActions {
  const [intent, setIntent] = useState<Intent | null>(null);
  const acknowledging = useAcknowledgementChanges();
  const person = usePerson();
  const finish = (of: readonly WithRedraw[]) => {
    setIntent(null);
    acted(of);
  };
  return {
    acknowledge: (of) => setIntent({ kind: 'acknowledge', of }),
    release: (transaction) => {
      const { acknowledgement } = transaction.redraw;
      if (acknowledgement && !isOwn(acknowledgement, person))
        setIntent({ kind: 'release', of: [transaction] });
      else {
        acknowledging.release([transaction]);
        finish([transaction]);
      }
    },
    dialog: intent && (
      <Dialog
        intent={intent}
        onDismiss={() => finish([])}
        onAcknowledge={(given) => {
          acknowledging.acknowledge(intent.of, given);
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

// The first view does without it.
const AcknowledgeDialog = lazyPage(() => import('./acknowledge-dialog.tsx'));

interface DialogProps {
  readonly intent: Intent;
  readonly onAcknowledge: (given: AcknowledgementInput) => void;
  readonly onRelease: () => void;
  readonly onDismiss: () => void;
}

function Dialog({ intent: { kind, of }, onAcknowledge, onRelease, onDismiss }: DialogProps) {
  if (kind === 'acknowledge')
    return (
      <Suspense fallback={null}>
        <AcknowledgeDialog transactions={of} onAcknowledge={onAcknowledge} onDismiss={onDismiss} />
      </Suspense>
    );
  const [{ redraw } = { redraw: null }] = of;
  if (!redraw?.acknowledgement) return null;
  return (
    <ReleaseDialog
      acknowledgement={redraw.acknowledgement}
      decided={redraw.decision !== null}
      onRelease={onRelease}
      onDismiss={onDismiss}
    />
  );
}
