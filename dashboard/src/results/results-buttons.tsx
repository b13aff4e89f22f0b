import Button from '@cloudscape-design/components/button';
import { lazy, Suspense, useState } from 'react';
import { shortId } from '../components/identifier.tsx';
import { useNotify } from '../messages/notifications.tsx';
import { useHasScope } from '../session/session-context.tsx';
import { PdfButton } from './pdf-button.tsx';
import './results.css';

const ResultsDialog = lazy(() => import('./results-dialog.tsx'));

/** Buttons for the combined results and their PDF, for users with the scope. */
export function ResultsButtons({ transactionId }: { transactionId: string }) {
  const may = useHasScope('results/read');
  const notify = useNotify();
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <span className="open-results">
        <Button
          variant="inline-link"
          ariaLabel={`Results for transaction ${shortId(transactionId)}`}
          onClick={() => setOpen(true)}
        >
          Results
        </Button>
        <PdfButton transactionId={transactionId} variant="inline-link" notify={notify} />
      </span>
      {open && (
        <Suspense>
          <ResultsDialog transactionId={transactionId} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
