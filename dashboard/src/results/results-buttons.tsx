import Button from '@cloudscape-design/components/button';
import { lazy, Suspense, useState } from 'react';
import { useNotify } from '../messages/notifications.tsx';
import { useHasScope } from '../session/session-context.tsx';
import { PdfButton } from './pdf-button.tsx';
import type { ResultSource } from './result-source.ts';
import './results.css';

const ResultsDialog = lazy(() => import('./results-dialog.tsx'));

/** Buttons for results and their PDF, for users with the scope. */
export function ResultsButtons({ source }: { source: ResultSource }) {
  const may = useHasScope('results/read');
  const notify = useNotify();
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <span className="open-results">
        <Button variant="inline-link" ariaLabel={`Results for ${source.name}`} onClick={() => setOpen(true)}>
          Results
        </Button>
        <PdfButton path={`${source.path}.pdf`} name={source.name} variant="inline-link" notify={notify} />
      </span>
      {open && (
        <Suspense>
          <ResultsDialog source={source} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
