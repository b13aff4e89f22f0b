import Box from '@cloudscape-design/components/box';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, Suspense, useState } from 'react';
import { changeErrorText } from '../../alerts/change-error.ts';
import { useNotify } from '../../alerts/notifications.tsx';
import type { Transaction } from '../../api/answers.ts';
import { useApi } from '../../api/api-context.tsx';
import { cacheAnswers } from '../../api/cached-answers.ts';
import { ConfirmationDialog } from '../../components/confirmation-dialog.tsx';
import { lazyPage } from '../../screen/lazy-page.ts';
import { usePerson } from '../../session/session-context.tsx';
import { byText, isOwn } from '../../wording/caller.ts';
import { acknowledgementOf, hasDecision } from '../open-redraw.ts';
import { type AcknowledgementInput, acknowledge, release } from './acknowledgements.ts';

// The first view does without it.
const AcknowledgeDialog = lazyPage(() => import('./acknowledge-dialog.tsx'));

interface Change {
  readonly transaction: Transaction;
  /** Null to release it. */
  readonly given: AcknowledgementInput | null;
}

export interface AcknowledgementActions {
  /** Asks for a note first. */
  readonly acknowledge: (transaction: Transaction) => void;
  /** Asks for confirmation if someone else acknowledged it. */
  readonly release: (transaction: Transaction) => void;
  /** Render this anywhere on the page. */
  readonly dialog: ReactNode;
}

/** Acknowledging and releasing a redraw, and recording and withdrawing a decision, with their dialogs. A message offers to undo it. */
export function useAcknowledgementActions(): AcknowledgementActions {
  const [asks, setAsks] = useState<{ readonly what: 'acknowledge' | 'release'; of: Transaction } | null>(
    null,
  );
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const person = usePerson();
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: ({ transaction, given }: Change) =>
      given ? acknowledge(api, person.name, transaction, given) : release(api, person.name, transaction),
    onSuccess: async (answer, { transaction, given }) => {
      close();
      await cacheAnswers(client, [answer]);
      const [done, undone] = hasDecision(transaction)
        ? ['Decision recorded', 'Decision withdrawn']
        : ['Redraw acknowledged', 'Redraw released'];
      const undo = { action: { text: 'Undo', run: () => mutate({ transaction: answer, given: null }) } };
      notify({ type: 'success', header: given ? done : undone, ...(given && undo) });
    },
    onError: (failed, { given }) => {
      if (!given) notify({ type: 'error', header: 'Not released', text: changeErrorText(failed) });
    },
    onSettled: () => void client.invalidateQueries(),
  });
  const close = () => {
    setAsks(null);
    reset();
  };
  return {
    acknowledge: (of) => setAsks({ what: 'acknowledge', of }),
    release: (of) => {
      const known = acknowledgementOf(of);
      if (known && !isOwn(known, person)) setAsks({ what: 'release', of });
      else mutate({ transaction: of, given: null });
    },
    dialog:
      asks &&
      (asks.what === 'acknowledge' ? (
        <Suspense fallback={null}>
          <AcknowledgeDialog
            transaction={asks.of}
            pending={isPending}
            error={isPending ? null : error}
            onAcknowledge={(given, saved) => mutate({ transaction: asks.of, given }, { onSuccess: saved })}
            onDismiss={close}
          />
        </Suspense>
      ) : (
        <ReleaseDialog
          of={asks.of}
          onRelease={() => {
            close();
            mutate({ transaction: asks.of, given: null });
          }}
          onDismiss={close}
        />
      )),
  };
}

interface ReleaseDialogProps {
  readonly of: Transaction;
  readonly onRelease: () => void;
  readonly onDismiss: () => void;
}

/** Confirms the release of someone else's redraw, or the withdrawal of their decision. The note stays in the activity. */
function ReleaseDialog({ of, onRelease, onDismiss }: ReleaseDialogProps) {
  const known = acknowledgementOf(of);
  if (!known) return null;
  const decided = hasDecision(of);
  const by = byText(known);
  return (
    <ConfirmationDialog
      header={decided ? `Withdraw ${known.by}’s decision?` : `Release ${known.by}’s redraw?`}
      action={decided ? 'Withdraw decision' : 'Release'}
      onConfirm={onRelease}
      onDismiss={onDismiss}
    >
      <Box variant="p">
        {decided
          ? `${by} recorded this decision. Withdrawing it puts it back on the worklist.`
          : `${by} is handling this redraw. Releasing it tells others that nobody is.`}{' '}
        {known.note !== null && `Their note stays in the activity: ${known.note}`}
      </Box>
    </ConfirmationDialog>
  );
}
