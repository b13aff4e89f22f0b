import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useNotify } from '../alerts/notifications.tsx';
import type { Reconciliation } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { addressOf } from '../components/transaction-path.ts';
import { reconciliationError, reconciliationMessage } from './reconciliation-message.ts';
import { checkKey } from './use-failed-check.ts';

/** Checks a transaction with Junction now instead of at the next sweep. */
export function useReconcile(id: string) {
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const [path, navigate] = useLocation();
  return useMutation({
    mutationKey: checkKey(id),
    mutationFn: () =>
      api.json<Reconciliation>(`/v1/transactions/${encodeURIComponent(id)}/reconcile`, { method: 'POST' }),
    onSuccess: (answer) => {
      notify(reconciliationMessage(id, answer));
      const isShown = path === addressOf(id);
      if (isShown && answer.transaction.id !== id)
        navigate(addressOf(answer.transaction.id), { replace: true });
    },
    onError: (error) => notify(reconciliationError(error)),
    onSettled: () => void client.invalidateQueries(),
  });
}
