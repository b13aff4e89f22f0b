import './expandable.css';
import type { ReactNode } from 'react';

interface ExpandableProps {
  readonly summary: string;
  readonly children: ReactNode;
}

/** Details, collapsed by default. They stay open across refreshes. */
export function Expandable({ summary, children }: ExpandableProps) {
  return (
    <details className="more">
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
