import Button from '@cloudscape-design/components/button';
import { useNotify } from '../alerts/notifications.tsx';
import { useHasScope } from '../session/session-context.tsx';
import { openResults } from './opened-results.tsx';
import { PdfButton } from './pdf-button.tsx';
import type { ResultSource } from './result-source.ts';
import './results.css';

interface ResultsButtonsProps {
  readonly sources: readonly ResultSource[];
}

/** Buttons for results and their PDF, for users with the scope. */
export function ResultsButtons({ sources }: ResultsButtonsProps) {
  const may = useHasScope('results/read');
  if (!may) return null;
  return sources.map((source) => (
    <ButtonsOf key={source.path} source={source} label={sources.length > 1 && source.label} />
  ));
}

function ButtonsOf({ source, label }: { source: ResultSource; label: string | false }) {
  const notify = useNotify();
  return (
    <span className="open-results">
      {label && <span className="aside">{label}</span>}
      <Button
        variant="inline-link"
        ariaLabel={`Results for ${source.name}`}
        onClick={() => openResults([source])}
      >
        Results
      </Button>
      <PdfButton path={`${source.path}.pdf`} name={source.name} variant="inline-link" notify={notify} />
    </span>
  );
}
