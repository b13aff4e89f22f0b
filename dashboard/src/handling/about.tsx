import { type ReactNode, useMemo } from 'react';
import type { Transaction } from '../api/answers.ts';
import { DialogSubject } from '../components/dialog-subject.ts';
import { changedSince } from './changed-since.ts';

/** Lets the dialogs within say when the transaction changes while they are open. */
export function About({ transaction, children }: { transaction: Transaction | null; children: ReactNode }) {
  const subject = useMemo(
    () =>
      transaction && {
        current: transaction,
        changedSince: (seen: Transaction) => changedSince(seen, transaction, Date.now()),
      },
    [transaction],
  );
  return <DialogSubject.Provider value={subject}>{children}</DialogSubject.Provider>;
}
