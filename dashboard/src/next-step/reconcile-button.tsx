import Button from '@cloudscape-design/components/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useNotify } from '../alerts/notifications.tsx';
import type { Reconciliation } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { addressOf } from '../components/transaction-path.ts';
import { useHasScope } from '../session/session-context.tsx';
import { reconciliationError, reconciliationMessage } from './reconciliation-message.ts';
import { checkKey } from './use-failed-check.ts';

/** Reconciles a transaction with Junction now instead of at the next sweep, for users with the scope. */
export function ReconcileButton({ id }: { id: string }) {
  const { mutate, isPending } = useReconcile(id);
  if (!useHasScope('transactions/reconcile')) return null;
  return (
    <Button
      iconName="refresh"
      loading={isPending}
      loadingText="Checking with Junction"
      onClick={() => mutate()}
    >
      Check with Junction
    </Button>
  );
}

function useReconcile(id: string) {
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const [, navigate] = useLocation();
  return useMutation({
    mutationKey: checkKey(id),
    mutationFn: () =>
      api.json<Reconciliation>(`/v1/transactions/${encodeURIComponent(id)}/reconcile`, { method: 'POST' }),
    onSuccess: (answer) => {
      notify(reconciliationMessage(id, answer));
      if (answer.transaction.id !== id) navigate(addressOf(answer.transaction.id), { replace: true });
    },
    onError: (error) => notify(reconciliationError(error)),
    onSettled: () => void client.invalidateQueries(),
  });
}
