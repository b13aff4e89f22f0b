import type { MissingResult } from '../api/answers.ts';
import { failureText } from '../wording/status.ts';

interface MissingMarkersProps {
  readonly missing: readonly MissingResult[];
  /** How many are named before "and n more". */
  readonly most?: number;
}

/** The markers a result lacks, each with why. */
export function MissingMarkers({ missing, most = Number.POSITIVE_INFINITY }: MissingMarkersProps) {
  if (missing.length === 0) return <span>Not known yet</span>;
  const named = missing.slice(0, most);
  const left = missing.length - named.length;
  return (
    <ul className="markers">
      {named.map(({ name, slug, failure_type }) => (
        <li key={slug ?? name}>
          {name} <span className="aside">{failureText(failure_type)}</span>
        </li>
      ))}
      {left > 0 && <li className="aside">and {left} more</li>}
    </ul>
  );
}
