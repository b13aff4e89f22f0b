import './expandable.css';
import type { ReactNode } from 'react';

interface MoreProps {
  readonly summary: string;
  readonly children: ReactNode;
}

/** Details, collapsed by default. They stay open across refreshes. */
export function More({ summary, children }: MoreProps) {
  return (
    <details className="more">
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
