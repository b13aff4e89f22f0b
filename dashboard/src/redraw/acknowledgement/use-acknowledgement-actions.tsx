import { type ReactNode, useState } from 'react';
import { usePerson } from '../../session/session-context.tsx';
import type { WithRedraw } from '../open-redraw.ts';
import { AcknowledgeDialog } from './acknowledge-dialog.tsx';
import { WithdrawDialog } from './release-dialog.tsx';
import { useAcknowledging } from './use-acknowledgement-changes.ts';

/** What somebody is about to do to which redraws, as these were when it was begun. */
interface Intent {
  readonly kind: 'acknowledge' | 'withdraw';
  readonly of: readonly WithRedraw[];
}

export interface Acting {
  /** Asks for a note first. */
  readonly acknowledge: (transactions: readonly WithRedraw[]) => void;
  /** Asks first where it is the word of somebody else. */
  readonly withdraw: (transaction: WithRedraw) => void;
  /** To be put anywhere on the page. */
  readonly dialog: ReactNode;
}

/** Acknowledging and taking back, with the dialogs. `acted` hears of which it was asked; of none where a dialog was left. */
export function useActing(acted: (of: readonly WithRedraw[]) => void = () => undefined): Acting {
  const [intent, setIntent] = useState<Intent | null>(null);
  const acknowledging = useAcknowledging();
  const { name } = usePerson();
  const finish = (of: readonly WithRedraw[]) => {
    setIntent(null);
    acted(of);
  };
  return {
    acknowledge: (of) => setIntent({ kind: 'acknowledge', of }),
    withdraw: (transaction) => {
      if (transaction.redraw.acknowledgement?.by !== name) setIntent({ kind: 'withdraw', of: [transaction] });
      else {
        acknowledging.withdraw([transaction]);
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
        onWithdraw={() => {
          acknowledging.withdraw(intent.of);
          finish(intent.of);
        }}
      />
    ),
  };
}

interface DialogProps {
  readonly intent: Intent;
  readonly onAcknowledge: (note: string) => void;
  readonly onWithdraw: () => void;
  readonly onDismiss: () => void;
}

function Dialog({ intent: { kind, of }, onAcknowledge, onWithdraw, onDismiss }: DialogProps) {
  if (kind === 'acknowledge')
    return <AcknowledgeDialog transactions={of} onAcknowledge={onAcknowledge} onDismiss={onDismiss} />;
  const acknowledgement = of[0]?.redraw.acknowledgement;
  if (!acknowledgement) return null;
  return <WithdrawDialog acknowledgement={acknowledgement} onWithdraw={onWithdraw} onDismiss={onDismiss} />;
}
