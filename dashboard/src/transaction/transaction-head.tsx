import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { Suspense, useState } from 'react';
import { useLocation } from 'wouter';
import type { Transaction } from '../api/answers.ts';
import { Patient } from '../components/patient.tsx';
import { StatusLabel } from '../components/status-label.tsx';
import { addressOf } from '../components/transaction-path.ts';
import { About } from '../handling/about.tsx';
import { followUpBlockedReason } from '../handling/follow-up-blocked.ts';
import { OwnerLine } from '../handling/owner-line.tsx';
import { useAssignEach } from '../handling/use-assign-each.ts';
import { CriticalTag } from '../redraw/critical-tag.tsx';
import { distinctLabTests } from '../redraw/distinct-lab-tests.ts';
import { initialOrderId, isTagged } from '../redraw/open-redraw.ts';
import { RedrawTag } from '../redraw/redraw-tag.tsx';
import { stateSentence } from '../redraw/state-sentence.ts';
import { lazyPage } from '../screen/lazy-page.ts';
import { usePageKeys } from '../screen/page-keys.ts';
import { useHasScope, usePerson } from '../session/session-context.tsx';
import { neighboursOf } from '../table/shown-rows.ts';
import { useNow } from '../time/use-now.ts';
import { PatientName } from './patient-name.tsx';

const AssignDialog = lazyPage(() => import('../handling/assign-dialog.tsx'));

interface TransactionHeadProps {
  readonly transaction: Transaction;
  /** Opens the form to log a contact. */
  readonly onLog: () => void;
}

/** Whose it is, for which test, how it stands in one sentence, and who owns it. */
export function TransactionHead({ transaction, onLog }: TransactionHeadProps) {
  const { id, orders, redraw, critical_result, assignment } = transaction;
  const now = useNow();
  const may = useHasScope('redraws/write');
  const { name: me } = usePerson();
  const assignEach = useAssignEach();
  const [sets, setSets] = useState<'owner' | 'follow_up' | null>(null);
  const of = { id, assignment };
  usePageKeys(
    may
      ? {
          log: onLog,
          assign: () => setSets('owner'),
          follow: () => setSets('follow_up'),
          mine: () => assignEach([of], { assignee: me }, 'Taken'),
        }
      : {},
  );
  const tests = distinctLabTests(orders);
  const [first] = tests;
  return (
    <header className="transaction-head">
      <Box variant="h1" fontSize="heading-l">
        {first?.name ?? 'Lab order'}
        {tests.length > 1 && ` and ${tests.length - 1} more`}
      </Box>
      <div className="transaction-facts">
        <span>
          Patient{' '}
          <Patient
            of={transaction}
            transactionId={id}
            orderId={redraw?.order_id ?? initialOrderId(transaction)}
            {...(transaction.user_id !== null && {
              href: `/orders?${new URLSearchParams({ user: transaction.user_id })}`,
            })}
          />{' '}
          <PatientName transactionId={id} />
        </span>
        {first && <span className="aside">{first.details}</span>}
        <CriticalTag state={critical_result} />
        {redraw && orders.some((order) => isTagged(order, transaction)) && <RedrawTag redraw={redraw} />}
      </div>
      <div>
        <StatusLabel of={stateSentence(transaction, now)} />
      </div>
      <OwnerLine
        of={of}
        may={may}
        onAssign={() => setSets('owner')}
        onFollowUp={() => setSets('follow_up')}
      />
      {sets && (
        <About transaction={transaction}>
          <Suspense fallback={null}>
            <AssignDialog
              of={[of]}
              sets={sets}
              noFollowUp={sets === 'follow_up' ? followUpBlockedReason(transaction) : null}
              onClose={() => setSets(null)}
            />
          </Suspense>
        </About>
      )}
    </header>
  );
}

/** The place in the worklist that the reader came from, and the way to its neighbours. */
export function Neighbours({ id }: { id: string }) {
  const [, navigate] = useLocation();
  const found = neighboursOf(id);
  const go = (to: string | null) => to !== null && navigate(addressOf(to), { replace: true });
  usePageKeys({ next: () => go(found?.next ?? null), previous: () => go(found?.previous ?? null) });
  if (!found) return null;
  const { place, of, previous, next } = found;
  return (
    <nav aria-label="Worklist" className="neighbours">
      <Button
        variant="icon"
        iconName="angle-left"
        ariaLabel="Previous on the worklist"
        disabled={previous === null}
        onClick={() => go(previous)}
      />
      {place} of {of}
      <Button
        variant="icon"
        iconName="angle-right"
        ariaLabel="Next on the worklist"
        disabled={next === null}
        onClick={() => go(next)}
      />
    </nav>
  );
}
