import Popover from '@cloudscape-design/components/popover';
import type { MissingResult } from '../api/answers.ts';
import { PrintOnly } from '../components/print-only.tsx';
import { failureText } from '../wording/status.ts';

interface MissingMarkersProps {
  readonly missing: readonly MissingResult[];
  /** Markers to show before "+n more". */
  readonly max?: number;
  /** Shows LOINC codes. */
  readonly codes?: boolean;
}

/** The missing markers with their reasons. The rest show in a popover. */
export function MissingMarkers({
  missing,
  max = Number.POSITIVE_INFINITY,
  codes = false,
}: MissingMarkersProps) {
  if (missing.length === 0) return <span>Not reported yet</span>;
  const left = missing.length - max;
  if (left <= 0) return <Named missing={missing} codes={codes} />;
  return (
    <>
      <Named missing={missing.slice(0, max)} codes={codes} />
      <Popover
        triggerType="text-inline"
        triggerAriaLabel={`Show ${left} more missing markers`}
        header={`${missing.length} missing markers`}
        content={<Named missing={missing} codes={codes} />}
        dismissAriaLabel="Close"
        renderWithPortal
      >
        +{left} more
      </Popover>
      <PrintOnly>
        <Named missing={missing.slice(max)} codes={codes} />
      </PrintOnly>
    </>
  );
}

function Named({ missing, codes }: { missing: readonly MissingResult[]; codes: boolean }) {
  return (
    <ul className="markers">
      {missing.map(({ name, slug, failure_type, loinc }) => (
        <li key={slug ?? name}>
          {name} <span className="aside">{failureText(failure_type)}</span>
          {codes && loinc && <span className="aside"> · LOINC {loinc}</span>}
        </li>
      ))}
    </ul>
  );
}
