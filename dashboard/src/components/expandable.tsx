import './expandable.css';
import type { ReactNode } from 'react';

interface MoreProps {
  readonly summary: string;
  readonly children: ReactNode;
}

/** What few people want to read: opened, it stays so while the page is brought up to date. */
export function More({ summary, children }: MoreProps) {
  return (
    <details className="more">
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
