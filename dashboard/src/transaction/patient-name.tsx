import Button from '@cloudscape-design/components/button';
import { useMutation } from '@tanstack/react-query';
import { errorMessage } from '../alerts/error-message.ts';
import type { PatientName as Answer } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { useConfiguration } from '../session/configuration-context.tsx';
import { useHasScope } from '../session/session-context.tsx';

/** The name of the patient, asked of Junction when somebody wants it. It is kept nowhere, and it is not printed. */
export function PatientName({ transactionId }: { transactionId: string }) {
  const api = useApi();
  const may = useHasScope('results/read');
  const { patient_names } = useConfiguration();
  const { mutate, data, error, isPending } = useMutation({
    gcTime: 0,
    mutationFn: () => api.json<Answer>(`/v1/transactions/${encodeURIComponent(transactionId)}/patient`),
  });
  if (!may || !patient_names) return null;
  return (
    <span className="screen-only" role="status">
      {data ? (
        <b>{data.name}</b>
      ) : (
        <Button variant="inline-link" loading={isPending} onClick={() => mutate()}>
          Show name
        </Button>
      )}
      {error && ` ${errorMessage(error, 'the name').text}`}
    </span>
  );
}
