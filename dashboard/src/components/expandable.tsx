import './expandable.css';
import { type ReactNode, useState } from 'react';
import { usePrinting } from '../screen/use-printing.ts';

interface ExpandableProps {
  readonly summary: string;
  readonly children: ReactNode;
}

/** Details, collapsed by default. They stay open across refreshes, and are always open on paper. */
export function Expandable({ summary, children }: ExpandableProps) {
  const printing = usePrinting();
  const [open, setOpen] = useState(false);
  return (
    <details
      className="more"
      open={open || printing}
      onToggle={({ currentTarget }) => {
        if (!printing) setOpen(currentTarget.open);
      }}
    >
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
