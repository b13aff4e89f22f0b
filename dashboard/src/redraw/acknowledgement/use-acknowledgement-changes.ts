import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNotify } from '../../alerts/notifications.tsx';
import type { Transaction } from '../../api/answers.ts';
import { useApi } from '../../api/api-context.tsx';
import { cacheAnswers } from '../../api/cached-answers.ts';
import { draftKeys, keepDraft } from '../../session/drafts.ts';
import { usePerson } from '../../session/session-context.tsx';
import { callerOf } from '../../wording/caller.ts';
import { acknowledgementOf, hasDecision } from '../open-redraw.ts';
import { changeMessage } from './change-message.ts';
import {
  type Acknowledgement,
  type AcknowledgementInput,
  acknowledgementDraft,
  applyChange,
  type Change,
  pendingAcknowledgements,
} from './changes.ts';

const KEY = ['acknowledgement'];

export interface AcknowledgementChanges {
  readonly acknowledge: (transactions: readonly Transaction[], given: AcknowledgementInput) => void;
  readonly release: (transactions: readonly Transaction[]) => void;
}

/**
 * Acknowledges open redraws as the signed-in user, and releases them. A notification reports the result and offers to
 * undo it. Until the API answers, `usePendingAcknowledgements` gives the expected result.
 */
export function useAcknowledgementChanges(): AcknowledgementChanges {
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const person = usePerson();
  const { mutate } = useMutation({
    mutationKey: KEY,
    mutationFn: (change: Change) => applyChange(api, change),
    onSuccess: async (outcome, change) => {
      if (change.kind === 'acknowledge') {
        keepDraft(person, acknowledgementDraft(change.of, draftKeys(person)), '');
      }
      keepDraft(person, acknowledgementDraft(outcome.refused), change.note ?? '');
      await cacheAnswers(client, outcome.done);
      notify(changeMessage(change, outcome, () => release(outcome.done)));
    },
    onError: (error) => notify({ type: 'error', header: 'Something went wrong', text: error.message }),
    onSettled: () => void client.invalidateQueries(),
  });
  const ask = (kind: Change['kind'], transactions: readonly Transaction[], given: AcknowledgementInput) => {
    const of = transactions.map((one) => ({ id: one.id, seen: acknowledgementOf(one) }));
    const asked_at = new Date().toISOString();
    const what = transactions.some(hasDecision) ? 'decision' : 'redraw';
    if (of.length > 0)
      mutate({ kind, what, by: person.name, caller: callerOf(person), ...given, asked_at, of });
  };
  const release = (transactions: readonly Transaction[]) =>
    ask('release', transactions, { note: null, stopMessages: false });
  return {
    acknowledge: (transactions, given) => ask('acknowledge', transactions, given),
    release,
  };
}

/**
 * Pending acknowledgements, for `withPendingAcknowledgement`. They override what was read, so a refresh doesn't undo
 * them, and they end with the API's answer.
 */
export function usePendingAcknowledgements(): ReadonlyMap<string, Acknowledgement | null> {
  const changes = useMutationState({
    filters: { mutationKey: KEY, status: 'pending' },
    select: ({ state }) => state.variables as Change,
  });
  return useMemo(() => pendingAcknowledgements(changes), [changes]);
}
