import { type ReactNode, Suspense, useState } from 'react';
import type { Transaction } from '../../api/answers.ts';
import { lazyPage } from '../../screen/lazy-page.ts';
import { usePerson } from '../../session/session-context.tsx';
import { isOwn } from '../../wording/caller.ts';
import { acknowledgementOf, hasDecision } from '../open-redraw.ts';
import type { AcknowledgementInput, Change } from './changes.ts';
import { ReleaseDialog } from './release-dialog.tsx';
import { useAcknowledgementChanges } from './use-acknowledgement-changes.ts';

/** An action and its redraws, as they were when the user started it. */
interface Intent {
  readonly kind: Change['kind'];
  readonly of: readonly Transaction[];
}

export interface AcknowledgementActions {
  /** Asks for a note first. */
  readonly acknowledge: (transactions: readonly Transaction[]) => void;
  /** Asks for confirmation if someone else acknowledged it. */
  readonly release: (transaction: Transaction) => void;
  /** Render this anywhere on the page. */
  readonly dialog: ReactNode;
}

/**
 * Acknowledge and release, with their dialogs. `acted` gets the redraws of the action, or none if the dialog was
 * cancelled.
 */
export function useAcknowledgementActions(
  acted: (of: readonly Transaction[]) => void = () => undefined,
): AcknowledgementActions {
  const [intent, setIntent] = useState<Intent | null>(null);
  const acknowledging = useAcknowledgementChanges();
  const person = usePerson();
  const finish = (of: readonly Transaction[]) => {
    setIntent(null);
    acted(of);
  };
  return {
    acknowledge: (of) => setIntent({ kind: 'acknowledge', of }),
    release: (transaction) => {
      const acknowledgement = acknowledgementOf(transaction);
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
  const [transaction] = of;
  const acknowledgement = transaction && acknowledgementOf(transaction);
  if (!acknowledgement) return null;
  return (
    <ReleaseDialog
      acknowledgement={acknowledgement}
      decided={hasDecision(transaction)}
      onRelease={onRelease}
      onDismiss={onDismiss}
    />
  );
}
