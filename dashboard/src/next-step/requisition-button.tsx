import { useNotify } from '../alerts/notifications.tsx';
import { shortId } from '../components/identifier.tsx';
import { PdfButton } from '../results/pdf-button.tsx';
import { useHasScope } from '../session/session-context.tsx';

/** The form that the patient takes to the lab. */
export function RequisitionButton({ orderId }: { orderId: string }) {
  const notify = useNotify();
  if (!useHasScope('results/read')) return 'A clinician can open it';
  return (
    <span className="screen-only">
      <PdfButton
        path={`/v1/orders/${encodeURIComponent(orderId)}/requisition.pdf`}
        name={`the requisition of order ${shortId(orderId)}`}
        variant="inline-link"
        notify={notify}
      />
    </span>
  );
}
