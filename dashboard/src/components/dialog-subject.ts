import { createContext, useContext, useState } from 'react';
import type { Transaction } from '../api/answers.ts';

interface Subject {
  /** As it is now. */
  readonly current: Transaction;
  /** What changed since it was seen, in words; null if nothing that matters to a person. */
  readonly changedSince: (seen: Transaction) => string | null;
}

/** The transaction that the dialogs below are about. */
export const DialogSubject = createContext<Subject | null>(null);

/** What changed in the transaction since the dialog was opened; null for nothing. */
export function useChangedSinceOpened(): string | null {
  const subject = useContext(DialogSubject);
  const [seen] = useState(subject?.current);
  return subject && seen ? subject.changedSince(seen) : null;
}
